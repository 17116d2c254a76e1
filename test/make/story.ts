import type { ChangeDraft, Coverage, Device, Observation, ScanReport } from '../../src/core/index.ts';
import { compareDevices } from '../../src/diff/index.ts';
import { applyScan, DEFAULT_WINDOW, type Fold, type PresenceRules, type Roll, rollOf } from '../../src/inventory/index.ts';
import { AT, covering, device, HOUR, MINUTE } from './device.ts';

/** Rules with one window for everybody; a device's own window wins, as in the keeper. */
export function rules(
  fields: Partial<Omit<PresenceRules, 'windowOf' | 'staleAfter'>> & { window?: number; stale?: number } = {},
): PresenceRules {
  const { at = AT, watchedSince = null, window = DEFAULT_WINDOW, stale = Math.max(window, HOUR) } = fields;
  return { at, watchedSince, windowOf: (one) => one.labels.window ?? window, staleAfter: () => stale };
}

export function rollWith(...devices: readonly Device[]): Roll {
  return rollOf('home', devices, Math.max(0, ...devices.map(({ id }) => id)));
}

export interface Told extends Fold {
  readonly changes: readonly ChangeDraft[];
  /** "device.left 2", in the order they were told. */
  readonly news: readonly string[];
}

type Report = Pick<ScanReport, 'observations' | 'coverage'>;

/** One scan of a roll, and what it makes known. */
export function scan(roll: Roll, report: Report, given: PresenceRules): Told {
  const fold = applyScan(roll, report, given);
  const changes = fold.touched.flatMap(({ before, after }) => compareDevices(before, after));
  return { ...fold, changes, news: changes.map(({ kind, device: id }) => `${kind} ${id}`) };
}

export interface ScanOptions {
  readonly covers?: Coverage;
  readonly window?: number;
  readonly stale?: number;
  readonly watchedSince?: number | null;
}

/** Scans of one small network, one after another; each is told by its minute. */
export class Story {
  roll: Roll;

  constructor(...devices: readonly Device[]) {
    this.roll = rollWith(...devices);
  }

  /** Scans the network at a minute after AT; gives the news. */
  at(minute: number, observations: readonly Observation[], options: ScanOptions = {}): readonly string[] {
    return this.scan(minute, observations, options).news;
  }

  scan(minute: number, observations: readonly Observation[], { covers = covering(['10.0.0.0/24']), ...given }: ScanOptions = {}): Told {
    const told = scan(this.roll, { observations, coverage: covers }, rules({ ...given, at: AT + minute * MINUTE }));
    this.roll = told.roll;
    return told;
  }

  device(id: number): Device {
    return this.roll.devices.get(id) ?? device({ id: -1, at: [] });
  }

  places(id: number): string {
    return this.device(id)
      .addresses.map(({ address }) => address)
      .join(' ');
  }
}
