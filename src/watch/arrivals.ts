import {
  type AddressRange,
  type ChangeDraft,
  type Clock,
  type Device,
  type DeviceId,
  type Instant,
  isWithin,
  type Millis,
  PLANS,
  rangesOf,
  type Target,
  type TargetId,
  type TargetSpec,
} from '../core/index.ts';
import { deviceSide } from '../diff/index.ts';
import { type Fold, guessType } from '../inventory/index.ts';
import type { Beat } from './follow-up.ts';
import type { FeedItem } from './keeper.ts';
import { type Lanes, laneOf } from './lanes.ts';
import type { Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import type { Place } from './places.ts';
import type { Aim } from './scan-order.ts';
import type { ScanRunner } from './scan-runner.ts';

export interface ArrivalParts {
  readonly runner: ScanRunner;
  readonly lanes: Lanes;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  /** Targets whose network was swept before. */
  readonly familiar: ReadonlySet<TargetId>;
  places(): readonly Place[];
  /** Since when a watched network's link is lost or leads elsewhere; null: it is as it should be. */
  adriftSince(network: string, at: Instant): Instant | null;
  aim(specs: readonly TargetSpec[], signal: AbortSignal): Promise<Aim>;
  ifaceOf: Parameters<typeof laneOf>[2];
  /** Asks what they serve, once their ports are known. */
  followUp(beat: Beat): void;
  /** The target as it is now; undefined when it is no longer watched. */
  watched(target: TargetId): Target | undefined;
  /** Whether a target is in its quiet hours: then whoever arrives is only asked who it is. */
  isQuiet(target: Target): boolean;
}

/** More newcomers at once are a network, not arrivals: its own plans look at them. */
const MANY = 16;
/** Newcomers that never show a watched address are not waited for without end. */
const AWAITED = 256;
/** Newcomers of the same moment are looked at together. */
const TOGETHER: Millis = 250;

type Commit = Extract<FeedItem, { kind: 'commit' }>;

interface Newcomer {
  readonly device: DeviceId;
  /** Number of the change that told of it. */
  readonly told: number;
}

/** A directed look at whoever is new, at once: its names, and its ports where the target asks for ports. */
export class Arrivals {
  readonly #parts: ArrivalParts;
  readonly #waiting = new Map<TargetId, Newcomer[]>();
  /** Newcomers not yet seen at a watched address, with the change that told of them. */
  readonly #awaited = new Map<DeviceId, number>();

  constructor(parts: ArrivalParts) {
    this.#parts = parts;
  }

  note(commit: Commit): void {
    const newcomers = this.#arrivedIn(commit);
    if (newcomers.length <= MANY) for (const { device, told } of newcomers) this.#await(device, told);
    if (this.#awaited.size > 0) for (const device of commit.devices) this.#greet(device);
  }

  /** Whoever is new to a network that is known. */
  #arrivedIn({ scan, changes, devices }: Commit): Newcomer[] {
    const { familiar } = this.#parts;
    const appeared = changes.filter(({ kind }) => kind === 'device.appeared');
    const newcomers = appeared.flatMap(({ device, seq }) => (device === null ? [] : [{ device, told: seq }]));
    if (scan.plan !== 'listen') return scan.target !== null && familiar.has(scan.target) ? newcomers : [];
    const before = new Set(this.#inNewNetworks(devices));
    return familiar.size === 0 ? [] : newcomers.filter(({ device }) => !before.has(device));
  }

  /** Those heard in a network that was not swept yet: they were there before. */
  #inNewNetworks(devices: readonly Device[]): DeviceId[] {
    const fresh = this.#parts.places().filter(({ target }) => !this.#parts.familiar.has(target.id));
    return devices.filter((device) => fresh.some(({ ranges }) => isAt(device, ranges))).map(({ id }) => id);
  }

  /** Whoever shows an IPv6 address first is greeted when it has one that is watched. */
  #await(device: DeviceId, told: number): void {
    this.#awaited.set(device, told);
    const [oldest] = this.#awaited.keys();
    if (this.#awaited.size > AWAITED && oldest !== undefined) this.#awaited.delete(oldest);
  }

  #greet(device: Device): void {
    const told = this.#awaited.get(device.id);
    if (told === undefined) return;
    const place = this.#parts.places().find(({ target, ranges }) => this.#parts.familiar.has(target.id) && isAt(device, ranges));
    if (!place) return;
    this.#awaited.delete(device.id);
    const newcomer = { device: device.id, told };
    const waiting = this.#waiting.get(place.target.id);
    if (waiting) waiting.push(newcomer);
    else {
      this.#waiting.set(place.target.id, [newcomer]);
      void this.#enter(place);
    }
  }

  async #enter({ target, ranges }: Place): Promise<void> {
    const { lanes, clock, ifaceOf } = this.#parts;
    await clock.sleep(TOGETHER);
    const plan = this.#parts.isQuiet(target) ? PLANS.sweep : directedPlan(target);
    const entered = lanes.enter(laneOf(ranges, plan, ifaceOf), {
      key: `${target.id} arrivals`,
      urgent: true,
      work: () => this.#look(target, ranges),
      dropped: async () => void this.#waiting.delete(target.id),
    });
    if (!entered) this.#waiting.delete(target.id);
  }

  async #look(target: Target, ranges: readonly AddressRange[]): Promise<void> {
    const { runner, ledger, log, aim, watched } = this.#parts;
    const newcomers = this.#waiting.get(target.id) ?? [];
    this.#waiting.delete(target.id);
    const devices = newcomers.flatMap(({ device }) => ledger.roll.devices.get(device) ?? []);
    const addresses = addressesIn(devices, ranges);
    if (addresses.length === 0 || !watched(target.id) || this.#parts.adriftSince(target.spec.text, this.#parts.clock.now()) !== null)
      return;
    const plan = this.#parts.isQuiet(target) ? PLANS.sweep : directedPlan(target);
    const subject = `arrival at ${devices.map((device) => device.addresses[0]?.address).join(', ')}`;
    const spec: TargetSpec = { kind: 'ranges', text: subject, ranges: addresses };
    try {
      const job = { target: null, subject, plan, iface: target.iface, fresh: true, also: describing(newcomers) };
      const begun = await runner.begin({ target: null, subject, plan: plan.name, sake: target.id });
      const { scan } = await runner.finish(begun, job, (signal) => aim([spec], signal));
      log.info(
        { scan: scan.id, target: target.spec.text, devices: devices.map(({ id }) => id), outcome: scan.outcome },
        'newcomers looked at',
      );
      if (plan.ports !== null) this.#parts.followUp({ target, ranges, devices: newcomers.map(({ device }) => device) });
    } catch (fault) {
      log.error({ target: target.spec.text, fault: String(fault) }, 'newcomers could not be looked at');
    }
  }
}

const directedPlan = ({ schedule }: Target) => (schedule.some(({ plan }) => plan === 'ports') ? PLANS.ports : PLANS.sweep);

const isAt = (device: Device, ranges: readonly AddressRange[]): boolean => addressesIn([device], ranges).length > 0;

const addressesIn = (devices: readonly Device[], ranges: readonly AddressRange[]): readonly AddressRange[] =>
  rangesOf(devices.flatMap(({ addresses }) => addresses.map(({ address }) => address)).filter((address) => isWithin(ranges, address)));

/** What is known of the newcomers when their look is done; `arrival` is the change that told of them. */
const describing =
  (newcomers: readonly Newcomer[]) =>
  ({ roll }: Fold): readonly ChangeDraft[] =>
    newcomers.flatMap(({ device: id, told }) => {
      const device = roll.devices.get(id);
      if (!device) return [];
      const openPortNumbers = device.ports.filter(({ state }) => state === 'open').map(({ port }) => port);
      const type = device.labels.type ?? guessType(device)?.type ?? null;
      const after = { ...deviceSide(device), type, openPortNumbers: openPortNumbers.slice(0, 100), arrival: told };
      return [{ kind: 'device.described', device: id, before: null, after }];
    });
