import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceJson, DriftJson, IncidentJson, ScanJson, TargetStatusJson } from '../../src/contract/index.ts';
import type { Answers } from './fake-client.ts';
import { emptyFolder, type Given, NOW, type Ran, rollcall } from './fake-world.ts';
import { device, scan, target } from './make.ts';

/** When something was, so many seconds ago. */
export const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();

/** A network: so many devices here, away and unknown, swept so many seconds ago. */
export interface Network {
  readonly here?: number;
  readonly away?: number;
  readonly unknown?: number;
  readonly swept?: number;
  readonly also?: readonly DeviceJson[];
  readonly targets?: readonly TargetStatusJson[];
  readonly drift?: () => DriftJson;
  readonly incidents?: readonly IncidentJson[];
  readonly scans?: readonly ScanJson[];
}

export const sweep = (seconds: number, over: Partial<ScanJson> = {}): ScanJson =>
  scan({ plan: 'sweep', startedAt: ago(seconds + 2), finishedAt: ago(seconds), ...over });

/** The usual target, last swept so. */
export function swept(lastScan: ScanJson | null, over: Partial<TargetStatusJson> = {}): TargetStatusJson {
  const usual = target();
  return { ...usual, plans: usual.plans.map((plan) => ({ ...plan, lastScan })), ...over };
}

export function answersOf({ here = 0, away = 0, unknown = 0, swept: age = 42, also = [], ...network }: Network): Answers {
  let id = 100;
  const make = (count: number, presence: DeviceJson['presence']): DeviceJson[] =>
    Array.from({ length: count }, () =>
      device({ id: ++id, name: `host-${id}`, names: [], macs: [], addresses: [`192.0.2.${id - 100}`], presence }),
    );
  const devices = [...make(here, 'present'), ...make(away, 'away'), ...make(unknown, 'unknown'), ...also];
  return {
    'devices.list': ({ filter }) =>
      filter === undefined ? devices : devices.filter(({ groups }) => groups.includes(filter.split(':')[1])),
    'targets.list': () => network.targets ?? [swept(sweep(age))],
    'scans.list': () => network.scans ?? [],
    ...(network.drift && { 'approvals.drift': network.drift }),
    ...(network.incidents && { 'incidents.list': () => network.incidents }),
  };
}

/** Runs a check of a network whose store is there. */
export function check(network: Network, words: readonly string[] = [], given: Given = {}): Promise<Ran> {
  const data = emptyFolder();
  writeFileSync(join(data, 'rollcall.db'), '');
  return rollcall(['check', ...words], { answers: answersOf(network), data, ...given });
}

export const listOf = (text: string): string => {
  const file = join(emptyFolder(), 'here.txt');
  writeFileSync(file, text);
  return file;
};
