import {
  type AddressRange,
  type Clock,
  type Device,
  type DeviceId,
  type Lot,
  mergeRanges,
  PLANS,
  type Plan,
  type Prober,
  rangesOf,
  type ScriptChoice,
  subtractRanges,
  type Target,
  type TargetId,
  type TargetSpec,
} from '../core/index.ts';
import { type DuePair, duePairs, type FollowUpRules, lotsOf } from '../inventory/index.ts';
import { type Lanes, laneOf } from './lanes.ts';
import type { Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import type { Sight } from './look.ts';
import { UNWATCHED } from './on-schedule.ts';
import type { Aim } from './scan-order.ts';
import type { ScanRunner } from './scan-runner.ts';
import type { FollowUpPlan } from './scans-asked.ts';

export interface FollowUpParts {
  readonly runner: ScanRunner;
  readonly lanes: Lanes;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  readonly prober: Pick<Prober, 'commands'>;
  aim(specs: readonly TargetSpec[], signal: AbortSignal): Promise<Aim>;
  ifaceOf: Parameters<typeof laneOf>[2];
  /** The target as it is now; undefined when it is no longer watched. */
  watched(target: TargetId): Target | undefined;
  readonly spares: FollowUpRules['spares'];
  /** Which scripts ask beside versions, as the config in force says. */
  scripts(): ScriptChoice;
  /** Whether a target is in its quiet hours: what is due then stays due. */
  isQuiet(target: Target): boolean;
}

/** Where a follow-up asks. */
export interface Beat {
  readonly target: Target;
  readonly ranges: readonly AddressRange[];
  /** Only these; left out: whoever is present there. */
  readonly devices?: readonly DeviceId[];
}

/** After a look for ports: asks exactly the ports that are due what they serve, and nobody anything else. */
export class FollowUps {
  readonly #parts: FollowUpParts;

  constructor(parts: FollowUpParts) {
    this.#parts = parts;
  }

  /** How it asks. */
  get asking(): Plan {
    return { ...PLANS.services, scripts: this.#parts.scripts() };
  }

  /** Lines up a follow-up; somebody waits for that of newcomers. One that already waits will ask for all that is due by then. */
  enter(beat: Beat): void {
    const { lanes, ifaceOf } = this.#parts;
    const { target, ranges, devices } = beat;
    lanes.enter(laneOf(ranges, this.asking, ifaceOf), {
      key: `${target.id} follow-up ${devices?.join() ?? ''}`,
      urgent: devices !== undefined,
      work: () => this.#ask(beat),
    });
  }

  /** What is due now in these addresses, and the exact commands that would ask it. */
  async plan(ranges: readonly AddressRange[], iface: string | null): Promise<FollowUpPlan> {
    const pairs = this.due(ranges);
    const asked = pairs.filter(({ spared }) => spared === null);
    const apart = lotsOf(asked);
    const addresses = mergeRanges(apart.flatMap((lot) => lot.addresses));
    const commands = apart.length === 0 ? [] : await this.#parts.prober.commands?.({ plan: this.asking, addresses, iface, apart });
    return {
      lots: apart,
      commands: commands ?? [],
      opened: asked.filter(({ reason }) => reason === 'opened').length,
      old: asked.filter(({ reason }) => reason === 'old').length,
      spared: pairs.filter(({ spared }) => spared !== null),
    };
  }

  due(ranges: readonly AddressRange[], only?: readonly DeviceId[]): DuePair[] {
    const { ledger, clock, spares } = this.#parts;
    const { devices } = ledger.roll;
    const some: Iterable<Device> = only === undefined ? devices.values() : only.flatMap((id) => devices.get(id) ?? []);
    return duePairs(some, { at: clock.now(), ranges, spares });
  }

  /** What is due there once it is looked; nobody, where nothing is. */
  async sight(beat: Pick<Beat, 'ranges' | 'devices'>, signal: AbortSignal): Promise<Sight> {
    const pairs = this.due(beat.ranges, beat.devices).filter(({ spared }) => spared === null);
    const ranges = rangesOf([...new Set(pairs.map(({ address }) => address))]);
    if (ranges.length === 0) return { ok: true, addresses: [], apart: [] };
    const aimed = await this.#parts.aim([{ kind: 'ranges', text: 'follow-up', ranges }], signal);
    return aimed.ok ? { ok: true, addresses: aimed.addresses, apart: within(lotsOf(pairs), aimed.addresses) } : aimed;
  }

  /** It may have been unwatched while its follow-up was being begun. */
  async #sightOf(beat: Beat, signal: AbortSignal): Promise<Sight> {
    if (this.#parts.watched(beat.target.id)) return this.sight(beat, signal);
    return { ok: false, cause: { code: 'stopped', text: UNWATCHED } };
  }

  async #ask(beat: Beat): Promise<void> {
    const { runner, log, watched } = this.#parts;
    const target = watched(beat.target.id);
    const count = this.due(beat.ranges, beat.devices).filter(({ spared }) => spared === null).length;
    if (target === undefined || count === 0 || this.#parts.isQuiet(target)) return;
    // Of no target: it asks a few, and says nothing of how the network is looked at.
    const job = { target: null, subject: target.spec.text, plan: this.asking, iface: target.iface, unnamed: true };
    try {
      const begun = await runner.begin({ ...job, plan: job.plan.name, sake: target.id });
      const { scan, warnings } = await runner.finish(begun, job, (signal) => this.#sightOf(beat, signal));
      const { outcome, cause, changes } = scan;
      log.info({ scan: scan.id, target: target.spec.text, pairs: count, outcome, cause, changes, warnings }, 'followed up');
    } catch (fault) {
      log.error({ target: target.spec.text, fault: String(fault) }, 'could not be followed up');
    }
  }
}

/** The lots where they may be asked: a device may be left in peace by now. */
function within(lots: readonly Lot[], addresses: readonly AddressRange[]): Lot[] {
  const both = lots.map(({ addresses: asked, ports }) => ({
    ports,
    addresses: mergeRanges(subtractRanges(asked, subtractRanges(asked, addresses))),
  }));
  return both.filter(({ addresses: asked }) => asked.length > 0);
}
