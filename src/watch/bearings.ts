import { type Address, type Clock, type Instant, isWithin, type Millis, NO_COVERAGE, PLANS, type Prober, rangesOf } from '../core/index.ts';
import type { PresenceRules } from '../inventory/index.ts';
import type { FeedItem } from './keeper.ts';
import { type Lanes, laneOf } from './lanes.ts';
import type { Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import { gatewayChange } from './other-network.ts';
import type { Place } from './places.ts';

export interface BearingParts {
  readonly prober: Prober;
  readonly lanes: Lanes;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  places(): readonly Place[];
  rules(at: Instant, where: readonly Address[]): PresenceRules;
  ifaceOf: Parameters<typeof laneOf>[2];
}

/** Newcomers within this time are one occasion. */
const OCCASION: Millis = 10_000;
/** A gateway that keeps silent is nothing to wait for. */
const PLAN = { ...PLANS.sweep, budget: 5000 };

type Commit = Extract<FeedItem, { kind: 'commit' }>;

/**
 * Takes our bearings when strangers are heard: their gateway is asked at once whether it still is the one we know. If it is
 * not, that counts as heard, and the gates hold further strangers until a sweep has seen where we stand (R5).
 */
export class Bearings {
  readonly #parts: BearingParts;
  readonly #takenAt = new Map<string, Millis>();

  constructor(parts: BearingParts) {
    this.#parts = parts;
  }

  note({ scan, changes }: Commit): void {
    if (scan.plan !== 'listen' || changes.every(({ kind }) => kind !== 'device.appeared')) return;
    for (const place of this.#parts.places()) {
      const gateways = this.#parts.ledger.gateways.now.filter((address) => isWithin(place.ranges, address));
      const [first] = rangesOf(gateways);
      if (first && this.#parts.ifaceOf(first) === scan.subject) this.#take(place, gateways);
    }
  }

  #take(place: Place, gateways: readonly Address[]): void {
    const { lanes, clock, ifaceOf } = this.#parts;
    const key = `${place.target.id} bearings`;
    const [now, takenAt] = [clock.monotonic(), this.#takenAt.get(key)];
    if (takenAt !== undefined && now - takenAt < OCCASION) return;
    this.#takenAt.set(key, now);
    lanes.enter(laneOf(place.ranges, PLAN, ifaceOf), { key, urgent: true, work: () => this.#ask(place, gateways) });
  }

  async #ask({ target }: Place, gateways: readonly Address[]): Promise<void> {
    const { prober, ledger, log, clock, rules } = this.#parts;
    const order = { plan: PLAN, addresses: rangesOf(gateways), iface: target.iface };
    const report = await prober.look(order, () => {}, new AbortController().signal);
    const change = gatewayChange(report.observations, ledger.roll, ledger.gateways);
    if (report.outcome === 'failed' || change === null) return;
    log.warn({ target: target.spec.text, ...change, former: change.former.id }, 'another gateway answers');
    const subject = report.vantage.iface ?? target.spec.text;
    const finishedAt = clock.now();
    const heard = { ...report, startedAt: finishedAt, finishedAt, coverage: NO_COVERAGE };
    await ledger.hear({ subject, report: heard, rules: (at) => rules(at, gateways) });
  }
}
