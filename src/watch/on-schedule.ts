import {
  type AddressRange,
  type ChangeDraft,
  mergeRanges,
  PLANS,
  type Plan,
  parseAddress,
  rangesHold,
  type ScanReport,
  type Store,
  type Target,
} from '../core/index.ts';
import { type Lanes, laneOf } from './lanes.ts';
import type { Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import type { Aim } from './scan-order.ts';
import type { ScanRunner, Sight } from './scan-runner.ts';
import type { Slot } from './scheduler.ts';
import { judgeVantage } from './vantage.ts';

export interface OnScheduleParts {
  readonly runner: ScanRunner;
  readonly lanes: Lanes;
  readonly ledger: Ledger;
  readonly log: Log;
  aim(specs: readonly [Target['spec']], signal: AbortSignal): Promise<Aim>;
  ifaceOf: Parameters<typeof laneOf>[2];
  /** Tells people that scans cannot be kept, and later that they can again. */
  trouble(topic: string, text: string | null): void;
}

/** Scans that are due: who is asked, and what their failing means. */
export class OnSchedule {
  readonly #parts: OnScheduleParts;
  readonly #blind = new Set<string>();

  constructor(parts: OnScheduleParts) {
    this.#parts = parts;
  }

  /** Remembers which targets were blind when the last process ended, so that nothing is told twice. */
  async recall(store: Store): Promise<void> {
    const newest = await store.changes({ kinds: ['vantage.blind', 'vantage.restored'], newestFirst: true, limit: 1000 });
    for (const { kind, after } of newest.toReversed()) this.#note(String(after?.target), kind === 'vantage.blind');
  }

  isBlind({ spec }: Target): boolean {
    return this.#blind.has(spec.text);
  }

  /** Lines up the scan of a slot; false when one already waits. */
  launch = ({ target, entry }: Slot): boolean => {
    const plan = PLANS[entry.plan];
    const ranges = target.spec.kind === 'ranges' ? target.spec.ranges : [];
    return this.#parts.lanes.enter(laneOf(ranges, plan, this.#parts.ifaceOf), {
      key: `${target.id} ${plan.name}`,
      work: () => this.#scan(target, plan),
    });
  };

  /** Changes of the vantage that a report tells of. Noted when it is committed, since it is called just before. */
  vantage = (target: Target, report: ScanReport): readonly ChangeDraft[] => {
    const { blind, changes } = judgeVantage(target, report, this.isBlind(target));
    this.#note(target.spec.text, blind);
    if (changes.length > 0)
      this.#parts.trouble(`blind ${target.spec.text}`, blind ? `cannot see ${target.spec.text}: ${report.cause?.text}` : null);
    return changes;
  };

  async #scan(target: Target, plan: Plan): Promise<void> {
    const { runner, log, trouble } = this.#parts;
    const sweeps = target.schedule.some((entry) => entry.plan === 'sweep');
    const only = plan.ports !== null && sweeps ? this.#presentIn(target) : null;
    if (only?.length === 0) return; // nobody is there to be asked for ports
    const find = async (signal: AbortSignal): Promise<Sight> =>
      only ? { ok: true, addresses: only } : this.#parts.aim([target.spec], signal);
    const job = { target, subject: target.spec.text, plan, iface: target.iface };
    try {
      const { scan, warnings } = await runner.finish(await runner.begin({ ...job, plan: plan.name }), job, find);
      log.info(
        {
          scan: scan.id,
          target: scan.subject,
          plan: scan.plan,
          outcome: scan.outcome,
          cause: scan.cause,
          up: scan.up,
          changes: scan.changes,
          warnings,
        },
        'scan ended',
      );
      trouble('store', null);
    } catch (fault) {
      // The scan is lost, the roll stays as it was, and the next scan tries again.
      trouble('store', `cannot keep scans: ${fault instanceof Error ? fault.message : String(fault)}`);
      log.error({ target: target.spec.text, plan: plan.name, fault: String(fault) }, 'scan could not be kept');
    }
  }

  /** Addresses of the target at which devices are present now. */
  #presentIn({ spec }: Target): AddressRange[] {
    if (spec.kind === 'hostname') return [];
    const present = [...this.#parts.ledger.roll.devices.values()].filter(({ presence }) => presence === 'present');
    const values = present.flatMap(({ addresses }) => addresses.flatMap(({ address }) => parseAddress(address) ?? []));
    return mergeRanges(
      values.filter((value) => rangesHold(spec.ranges, value)).map(({ family, value }) => ({ family, first: value, last: value })),
    );
  }

  #note(target: string, blind: boolean): void {
    if (blind) this.#blind.add(target);
    else this.#blind.delete(target);
  }
}
