import {
  type AddressRange,
  countAddresses,
  Fault,
  isWithin,
  type Millis,
  PLANS,
  type Plan,
  type PlanSchedule,
  rangesOf,
  type Target,
  type TargetId,
} from '../core/index.ts';
import { type Lanes, laneOf } from './lanes.ts';
import type { Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import type { Sight } from './look.ts';
import type { Aim } from './scan-order.ts';
import type { ScanRunner } from './scan-runner.ts';
import type { Slot } from './scheduler.ts';

export interface OnScheduleParts {
  readonly runner: ScanRunner;
  readonly lanes: Lanes;
  readonly ledger: Ledger;
  readonly log: Log;
  aim(specs: readonly [Target['spec']], signal: AbortSignal): Promise<Aim>;
  ifaceOf: Parameters<typeof laneOf>[2];
  /** Puts a plan of a target off that must not begin now; whether it was. */
  hold(target: TargetId, plan: string): boolean;
  /** Whether anybody in these addresses may be asked by the plan. */
  asksAnybody(target: Target, plan: Plan, ranges: readonly AddressRange[]): boolean;
  /** The target as it is now; undefined when it is no longer watched. */
  watched(target: TargetId): Target | undefined;
  /** Tells people that scans cannot be kept, and later that they can again. */
  trouble(topic: string, text: string | null): void;
}

/** Why scans of a target end that is taken from the book. */
export const UNWATCHED = 'the target is no longer watched';

/** What a silent address may cost a sweep that asks for it across a router; on a wire it is a tenth of that. */
const FOR_ONE: Millis = 100;

/** A sweep that hangs is ended when the next is due (R9), if it cannot be just so large that it needs more. */
function inTime({ plan: name, cadence }: PlanSchedule, ranges: readonly AddressRange[]): Plan {
  const plan = PLANS[name];
  if (name !== 'sweep' || cadence.kind !== 'every') return plan;
  const needed = Number(countAddresses(ranges)) * FOR_ONE;
  return { ...plan, budget: Math.min(plan.budget, Math.max(cadence.every, needed)) };
}

/** Scans that are due: who is asked, and what becomes of them. */
export class OnSchedule {
  readonly #parts: OnScheduleParts;

  constructor(parts: OnScheduleParts) {
    this.#parts = parts;
  }

  /** Lines up the scan of a slot; false when one already waits. */
  launch = ({ target, entry }: Slot): boolean => {
    const ranges = target.spec.kind === 'ranges' ? target.spec.ranges : [];
    const plan = inTime(entry, ranges);
    return this.#parts.lanes.enter(laneOf(ranges, plan, this.#parts.ifaceOf), {
      key: `${target.id} ${plan.name}`,
      work: () => this.#scan(target.id, plan),
    });
  };

  async #scan(id: TargetId, plan: Plan): Promise<void> {
    const { runner, log } = this.#parts;
    const target = this.#parts.watched(id);
    const spec = target && this.#toAsk(target, plan);
    if (!target || !spec) return; // no longer watched, or nobody is there to be asked for ports
    if (this.#parts.hold(id, plan.name)) return; // it waited so long that it must not begin any more
    const job = { target, subject: target.spec.text, plan, iface: target.iface };
    try {
      const begun = await runner.begin({ ...job, plan: plan.name });
      const { scan, warnings } = await runner.finish(begun, job, (signal) => this.#find(id, spec, signal));
      const { outcome, cause, up, changes } = scan;
      log.info({ scan: scan.id, target: scan.subject, plan: scan.plan, outcome, cause, up, changes, warnings }, 'scan ended');
      this.#parts.trouble('store', null);
    } catch (fault) {
      // The scan is lost, the roll stays as it was, and the next scan tries again.
      const topic = fault instanceof Fault && fault.code === 'conflict' ? 'lease' : 'store'; // whoever lost it has no say in it any more
      this.#parts.trouble(topic, `cannot keep scans: ${fault instanceof Error ? fault.message : String(fault)}`);
      log.error({ target: target.spec.text, plan: plan.name, fault: String(fault) }, 'scan could not be kept');
    }
  }

  /** It may have been unwatched while its scan was being begun. */
  async #find(id: TargetId, spec: Target['spec'], signal: AbortSignal): Promise<Sight> {
    if (this.#parts.watched(id)) return this.#parts.aim([spec], signal);
    return { ok: false, cause: { code: 'stopped', text: UNWATCHED } };
  }

  /** Where a swept target is asked for ports: only where somebody is who may be asked; null when nobody is. */
  #toAsk(target: Target, plan: Plan): Target['spec'] | null {
    const { spec, schedule } = target;
    if (spec.kind === 'hostname' || plan.ports === null || schedule.every((entry) => entry.plan !== 'sweep')) return spec;
    const ranges = this.#presentIn(spec.ranges);
    return ranges.length > 0 && this.#parts.asksAnybody(target, plan, ranges) ? { ...spec, ranges } : null;
  }

  /** Addresses at which devices are present now. */
  #presentIn(ranges: readonly AddressRange[]): AddressRange[] {
    const present = [...this.#parts.ledger.roll.devices.values()].filter(({ presence }) => presence === 'present');
    const addresses = present.flatMap((device) => device.addresses.map(({ address }) => address));
    return rangesOf(addresses.filter((address) => isWithin(ranges, address)));
  }
}
