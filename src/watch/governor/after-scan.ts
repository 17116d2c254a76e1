import {
  type Address,
  type Clock,
  type Device,
  isWithin,
  type JsonObject,
  type Mac,
  MOST_THOROUGH,
  type Observation,
  PLANS,
  type Prober,
  parseAddress,
  rangesOf,
  type Scan,
  type ScanReport,
  type StopSignal,
} from '../../core/index.ts';
import { type Blamed, judgeAftermath, NOBODY_SUSPECTED, type Roll, type Suspicions, type TypeOf } from '../../inventory/index.ts';
import type { Ledger } from '../ledger.ts';
import type { Log } from '../log.ts';
import { holderOf } from '../overheard.ts';

export interface AfterParts {
  readonly prober: Prober;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly log: Log;
  readonly typeOf: TypeOf;
}

/** Who answered a scan and then nobody any more. */
export interface FellSilent {
  /** Where those were asked for ports who answered, and where they kept silent afterwards. */
  readonly asked: readonly Address[];
  readonly silent: readonly Address[];
  readonly othersAnswer: boolean | null;
  /** Too many to ask each again: none of them can be blamed for it, and nothing that was found of their ports is believed. */
  readonly crowd: boolean;
}

/** Silence is dear to ask for; of more it says nothing but that something else is wrong. */
const PLAN = { ...PLANS.sweep, budget: 20_000 };
/** Others who show that we can see. */
const WITNESSES = 5;

/**
 * A roll call after each scan of ports: whoever answered it is asked whether it still is there. One that is not, alone and
 * against its habit, was silenced by the scan: that is told, and it is left alone until a person releases it.
 */
export class AfterScan {
  readonly #parts: AfterParts;
  /** Coincidences so far; a new process begins anew. */
  #suspicions: Suspicions = NOBODY_SUSPECTED;

  constructor(parts: AfterParts) {
    this.#parts = parts;
  }

  /** Asks those who were under way. null: there was nobody, or it could not be asked. */
  async ask(
    report: ScanReport,
    { iface, plan }: { readonly iface: string | null; readonly plan: { readonly ports: unknown } },
    signal: StopSignal,
  ): Promise<FellSilent | null> {
    if (plan.ports === null || signal.aborted || !sawSomething(report)) return null;
    if (!report.vantage.privileged) return null; // many never answer a connection, and prove nothing by it
    const asked = report.observations.filter(wasUnderWay).map(({ address }) => address);
    if (asked.length === 0) return null;
    const cards = new Set(report.observations.map(({ mac }) => mac));
    const first = await this.#call(asked, { iface, thorough: false, cards }, signal);
    if (first === null) return null;
    const gone = first.silent;
    if (gone.length === 0) return { asked, silent: [], othersAnswer: null, crowd: false };
    if (gone.length > MOST_THOROUGH) return { asked, silent: gone, othersAnswer: null, crowd: true };
    return this.#again({ asked, gone }, { iface, cards }, signal);
  }

  /** Asks them once more by every way there is, and others near them. */
  async #again(
    { asked, gone }: { readonly asked: readonly Address[]; readonly gone: readonly Address[] },
    how: Omit<Call, 'thorough'>,
    signal: StopSignal,
  ): Promise<FellSilent | null> {
    const witnesses = this.#witnesses(gone).slice(0, Math.min(WITNESSES, MOST_THOROUGH - gone.length));
    const found = await this.#call([...gone, ...witnesses], { ...how, thorough: true }, signal);
    if (found === null) return null;
    const silent = new Set(found.silent);
    const asGone = witnesses.some((address) => silent.has(address)) ? false : null;
    const othersAnswer = witnesses.some((address) => found.answered.has(address)) ? true : asGone;
    return { asked, silent: gone.filter((address) => silent.has(address)), othersAnswer, crowd: false };
  }

  /** Blames the scan for whom it silenced, once the scan is kept. Never rejects: what cannot be kept is logged. */
  async blame(scan: Scan, { asked, silent, othersAnswer, crowd }: FellSilent): Promise<void> {
    const { ledger, clock, log, typeOf } = this.#parts;
    if (crowd)
      return log.info({ scan: scan.id }, `${silent.length} of ${asked.length} fell silent under the scan: that is no device's own doing`);
    const at = clock.now();
    const devices = devicesAt(ledger.roll, asked);
    const found = {
      asked: [...new Set(devices.values())],
      silent: new Set(silent.flatMap((address) => devices.get(address)?.id ?? [])),
      took: (scan.finishedAt ?? at) - scan.startedAt,
      othersAnswer,
      at,
      typeOf,
    };
    const { blamed, suspicions, words } = judgeAftermath(found, this.#suspicions);
    this.#suspicions = suspicions;
    for (const word of words) log.info({ scan: scan.id }, word);
    if (blamed.length === 0) return;
    try {
      await ledger.amend({ said: `fell silent under scan ${scan.id}`, at, of: (roll) => harmedBy(roll, scan, blamed) });
    } catch (fault) {
      log.error({ scan: scan.id, fault: String(fault) }, 'who fell silent could not be kept');
    }
  }

  /** Who of these answers; null: it could not be asked. */
  async #call(addresses: readonly Address[], { iface, thorough, cards }: Call, signal: StopSignal): Promise<RollCall | null> {
    const order = { plan: PLAN, addresses: rangesOf(addresses), iface, ...(thorough && { thorough }), now: true, afterwards: true };
    const report = await this.#parts.prober.look(order, () => {}, signal).catch(() => null);
    if (report === null || !sawSomething(report)) return null;
    // A card that was neither seen by the scan nor before may be of another network, to which we were carried since (R5).
    const { roll } = this.#parts.ledger;
    const ours = report.observations.filter(({ mac }) => mac === null || cards.has(mac) || holderOf(roll, mac) !== undefined);
    const here = new Set(ours.map(({ address }) => address));
    return {
      silent: addresses.filter((address) => !here.has(address) && isWithin(report.coverage.addresses, address)),
      answered: new Set(ours.filter(wasUnderWay).map(({ address }) => address)),
    };
  }

  /** Where others are: near the first of those, if anybody is there; behind a router that fails all of a network keeps silent. */
  #witnesses(gone: readonly Address[]): Address[] {
    const [one = ''] = gone;
    const silent = new Set(gone);
    const others = [...this.#parts.ledger.roll.devices.values()]
      .filter(({ presence, addresses }) => presence === 'present' && !addresses.some(({ address }) => silent.has(address)))
      .flatMap(({ addresses }) => addresses.map(({ address }) => address))
      .filter((address) => address.includes(':') === one.includes(':'));
    const neighbours = others.filter((address) => networkOf(address) === networkOf(one));
    return neighbours.length > 0 ? neighbours : others;
  }
}

const sawSomething = ({ outcome }: ScanReport): boolean => outcome === 'complete' || outcome === 'partial';

interface Call {
  readonly iface: string | null;
  readonly thorough: boolean;
  /** Cards that the scan saw. */
  readonly cards: ReadonlySet<Mac | null>;
}

/** What a roll call found; this machine itself always answers, and proves nothing by it. */
interface RollCall {
  readonly silent: readonly Address[];
  readonly answered: ReadonlySet<Address>;
}

/** The /24 or /64 it lies in. */
function networkOf(address: Address): bigint | null {
  const value = parseAddress(address);
  return value === undefined ? null : value.value >> (value.family === 4 ? 8n : 64n);
}

/** It answered by itself, and is not this machine. */
const wasUnderWay = ({ reason }: Observation): boolean => reason !== 'localhost-response' && reason !== 'user-set';

/** The report as it may be kept: what a device did not answer any more says nothing of its ports. */
export function withoutPortsOf(report: ScanReport, fell: FellSilent | null): ScanReport {
  if (fell === null || fell.silent.length === 0) return report;
  const silent = new Set(fell.silent);
  return { ...report, observations: report.observations.map((seen) => (silent.has(seen.address) ? { ...seen, timedOut: true } : seen)) };
}

/** Who was seen last at each address. */
function devicesAt({ devices }: Roll, addresses: readonly Address[]): ReadonlyMap<Address, Device> {
  const wanted = new Set(addresses);
  const found = new Map<Address, { readonly device: Device; readonly seenAt: number }>();
  for (const device of devices.values())
    for (const { address, seenAt } of device.addresses)
      if (wanted.has(address) && seenAt >= (found.get(address)?.seenAt ?? 0)) found.set(address, { device, seenAt });
  return new Map([...found].map(([address, { device }]) => [address, device]));
}

function harmedBy(roll: Roll, scan: Scan, blamed: readonly Blamed[]) {
  const touched = blamed.flatMap(({ device: id }) => {
    const before = roll.devices.get(id);
    return before && before.labels.harmed === null ? [{ before, after: { ...before, labels: { ...before.labels, harmed: scan.id } } }] : [];
  });
  const changes = touched.map(({ before }) => ({
    kind: 'device.harmed' as const,
    device: before.id,
    before: null,
    after: storyOf(scan, before, blamed.find(({ device }) => device === before.id)?.because ?? []),
  }));
  return { touched, changes };
}

/** Of several that ran, the one that names it. */
function commandAt(commands: Scan['commands'], address: Address | null): string | null {
  const [first, ...others] = commands.filter((words) => words.length > 0);
  const named = [first, ...others].find((words) => address !== null && words?.includes(address)) ?? first;
  return named?.join(' ').slice(0, 2000) ?? null;
}

function storyOf(
  { id, plan, commands, startedAt, subject }: Scan,
  { id: device, addresses }: Device,
  because: readonly string[],
): JsonObject {
  const address = addresses[0]?.address ?? null;
  return {
    scan: id,
    plan,
    subject,
    address,
    began: new Date(startedAt).toISOString(),
    command: commandAt(commands, address),
    because,
    text: `fell silent under scan ${id} (${plan} of ${subject}) and is left alone until "rollcall device release ${device}"`,
  };
}
