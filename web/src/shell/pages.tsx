import {
  IconBellRinging,
  IconDevices,
  IconGauge,
  IconHistory,
  IconRadar2,
  IconServer2,
  IconSettings,
  IconTopologyStar3,
} from '@tabler/icons-react';
import { type ComponentType, lazy } from 'react';
import type { Texts } from '../texts/texts.ts';

export interface Page {
  readonly name: keyof Texts['shell']['pages'];
  readonly path: string;
  readonly icon: ComponentType<{ size?: number }>;
  readonly draw: ComponentType;
}

const page = (load: () => Promise<ComponentType>): ComponentType => lazy(async () => ({ default: await load() }));

/** Every page with a place in the menu. Each is a file of its own that comes when it is looked at. */
export const PAGES: readonly Page[] = [
  { name: 'now', path: '/', icon: IconGauge, draw: page(async () => (await import('../pages/now/now.tsx')).Now) },
  { name: 'devices', path: '/devices', icon: IconDevices, draw: page(async () => (await import('../pages/devices/devices.tsx')).Devices) },
  { name: 'changes', path: '/changes', icon: IconHistory, draw: page(async () => (await import('../pages/changes/changes.tsx')).Changes) },
  {
    name: 'services',
    path: '/services',
    icon: IconServer2,
    draw: page(async () => (await import('../pages/services/services.tsx')).Services),
  },
  { name: 'map', path: '/map', icon: IconTopologyStar3, draw: page(async () => (await import('../pages/map/map.tsx')).NetworkMap) },
  {
    name: 'scans',
    path: '/scans',
    icon: IconRadar2,
    draw: page(async () => (await import('../pages/scans/scans.tsx')).Scans),
  },
  { name: 'alerts', path: '/alerts', icon: IconBellRinging, draw: page(async () => (await import('../pages/alerts/alerts.tsx')).Alerts) },
  {
    name: 'settings',
    path: '/settings',
    icon: IconSettings,
    draw: page(async () => (await import('../pages/settings/settings.tsx')).Settings),
  },
];

/** Pages that are reached from others. */
export const INNER_PAGES: readonly Pick<Page, 'path' | 'draw'>[] = [
  { path: '/devices/:id', draw: page(async () => (await import('../pages/device/device.tsx')).Device) },
  { path: '/scans/:id', draw: page(async () => (await import('../pages/scans/scan.tsx')).OneScan) },
];
