import type { DeviceDifferences } from '../../core/index.ts';
import { EMPTY_HOST, type NdiffAddress, type NdiffHost } from '../../ndiff/index.ts';
import { visible } from '../terminal/visible.ts';
import { ndiffPorts, ndiffScripts, type Told, textOf } from './ndiff-ports.ts';

/**
 * The two hosts whose differences, to Ndiff, are those of the device: they hold what differs and nothing else. Ndiff
 * prints foreign text as it is, so what is dangerous to show is shown by its number already here.
 */
export function ndiffHosts(item: DeviceDifferences): { readonly a: NdiffHost; readonly b: NdiffHost } {
  const kinds = new Set(item.differences.map(({ kind }) => kind));
  const gone = item.pairedBy === null ? null : 'down';
  return {
    a: hostOf(item, 'before', kinds.has('device.appeared') ? null : kinds.has('device.returned') ? 'down' : 'up'),
    b: hostOf(item, 'after', kinds.has('device.left') ? gone : 'up'),
  };
}

function hostOf({ device, differences }: DeviceDifferences, which: 'before' | 'after', state: string | null): NdiffHost {
  if (state === null) return EMPTY_HOST;
  const told: Told[] = differences.map((difference) => ({
    kind: difference.kind,
    side: difference[which] ?? {},
    other: difference[which === 'before' ? 'after' : 'before'] ?? {},
  }));
  const listed = (key: string): readonly string[] | undefined => {
    const list = told.find(({ kind, side }) => LISTING.has(kind) && Array.isArray(side[key]))?.side[key];
    return list === undefined ? undefined : (list as readonly unknown[]).map(textOf);
  };
  const os = told.find(({ kind }) => kind === 'os.changed')?.side['os'];
  return {
    state,
    addresses: addressesOf(listed('addresses') ?? device.addresses, listed('macs') ?? device.macs),
    hostnames: (listed('names') ?? (device.name === null ? [] : [device.name])).map(visible),
    extraports: new Map(),
    ports: ndiffPorts(told),
    os: os === undefined ? [] : [visible(textOf(os))],
    scripts: ndiffScripts(told, null),
  };
}

const LISTING: ReadonlySet<string> = new Set(['device.readdressed', 'identity.changed']);

const addressesOf = (addresses: readonly string[], macs: readonly string[]): NdiffAddress[] => [
  ...addresses.map((text): NdiffAddress => ({ type: text.includes(':') ? 'ipv6' : 'ipv4', text: visible(text) })),
  ...macs.map((text): NdiffAddress => ({ type: 'mac', text: visible(text.toUpperCase()) })),
];
