import {
  type Coverage,
  type Device,
  type DeviceDifferences,
  type Difference,
  type Observation,
  type Protocol,
  type ScriptSeen,
  untrusted,
  untrustedLines,
  type View,
} from '../../src/core/index.ts';
import { compareViews, IGNORE_NOTHING, type IgnoreRules, type ViewFrame, viewOf, viewOfDevices } from '../../src/diff/index.ts';
import { AT, covering } from './device.ts';

/** The test LAN, all its addresses and the first thousand TCP ports asked. */
export const ALL: Coverage = covering(['10.0.0.0/24'], '1-1000');

export type FrameFields = Partial<ViewFrame>;

function frame(source: View['source'], fields: FrameFields): ViewFrame {
  return { source, title: source, at: AT, partial: null, coverage: ALL, scriptChoice: null, warnings: [], ...fields };
}

/** A file with these hosts, everything asked unless said otherwise. */
export function look(hosts: readonly (Observation | readonly [Observation, ...ScriptSeen[]])[], fields: FrameFields = {}): View {
  const all = hosts.map((host) => {
    const [observation, ...scripts] = 'address' in host ? [host] : host;
    return { observation, scripts };
  });
  return viewOf({ ...frame('file', fields), hosts: all });
}

/** What the store believed at a moment. */
export function belief(devices: readonly Device[], fields: FrameFields = {}): View {
  return viewOfDevices({ ...frame('moment', fields), devices });
}

/** What a script printed about TCP port 80, another one ("udp/53"), or the host (null). */
export function script(id: string, output: string, about: string | null = 'tcp/80'): ScriptSeen {
  const [protocol, port] = (about ?? '').split('/') as [Protocol, string];
  return { port: about === null ? null : { protocol, port: Number(port) }, id: untrusted(id), output: untrustedLines(output) };
}

/** The whole comparison, its items apart. */
export function compared(a: View, b: View, rules: IgnoreRules = IGNORE_NOTHING) {
  const [sides, ...rest] = [...compareViews(a, b, rules)];
  const sum = rest.pop();
  if (sides?.kind !== 'sides' || sum?.kind !== 'sum') throw new TypeError('a comparison begins with its sides and ends with its sum');
  const devices = rest.map((item): DeviceDifferences => {
    if (item.kind !== 'device') throw new TypeError(`${item.kind} among the devices`);
    return item;
  });
  return { sides, devices, sum };
}

/** "10.0.0.1: port.opened 22; b tcp port 80 was not asked", one line for each device. */
export function told(a: View, b: View, rules: IgnoreRules = IGNORE_NOTHING): string[] {
  return compared(a, b, rules).devices.map(lineOf);
}

export function lineOf({ device, differences, unknown }: DeviceDifferences): string {
  const parts = [...differences.map(differenceText), ...unknown.map(({ side, text }) => `${side} ${text}`)];
  return `${device.addresses[0] ?? device.macs[0] ?? device.name}: ${parts.join('; ')}`;
}

function differenceText({ kind, before, after }: Difference): string {
  const side = after ?? before;
  return [kind, side?.['port'], kind === 'script.changed' ? side?.['id'] : undefined]
    .filter((part) => typeof part !== 'object' && part !== undefined)
    .join(' ');
}
