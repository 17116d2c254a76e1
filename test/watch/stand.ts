import assert from 'node:assert/strict';
import { type Config, DEFAULTS } from '../../src/config/index.ts';
import {
  type ChannelMaker,
  Fault,
  type KeptOutput,
  type LeaseHolder,
  type Listener,
  type Mirror,
  type NameAsk,
  type Names,
  type Network,
  type Observation,
  orFault,
  type PlanSchedule,
  parseTarget,
  type ReportReader,
  type ScanReport,
  type StopSignal,
  type Store,
  untrusted,
  type Waker,
} from '../../src/core/index.ts';
import { createHistoryReader } from '../../src/probes/index.ts';
import { openStore } from '../../src/store/index.ts';
import {
  createTenancy,
  createWatcher,
  type FeedItem,
  type Keeper,
  type Log,
  type Surroundings,
  type Watcher,
} from '../../src/watch/index.ts';
import { AT, covering } from '../make/device.ts';
import { ManualClock, settle } from './manual-clock.ts';
import { type Script, ScriptedProber } from './scripted-prober.ts';

/** A keeper in a world that stands still until a test moves it. Hour 0 is a Monday, 08:00 UTC. */
export interface Stand {
  readonly clock: ManualClock;
  readonly prober: ScriptedProber;
  readonly store: Store;
  readonly watcher: Watcher;
  readonly keeper: Keeper;
  readonly feed: FeedItem[];
  readonly log: SilentLog;
  readonly names: FakeNames;
  readonly reader: QueuedReports;
  /** Whether somebody else took the store. */
  readonly lost: () => boolean;
  /** Stops it and fails on looks nobody expected, sleepers left behind, and a store that is not sound. */
  readonly end: () => Promise<void>;
}

export interface Wish {
  readonly config?: Partial<Config>;
  readonly store?: Store;
  readonly clock?: ManualClock;
  readonly script?: Script;
  readonly holder?: Partial<LeaseHolder>;
  readonly isGone?: (holder: LeaseHolder) => boolean;
  /** Who listens; nobody unless a test says so. */
  readonly listener?: Listener;
  /** Whom it may tell; nobody unless a test says so. */
  readonly channels?: ChannelMaker;
  readonly dice?: () => number;
  /** Who wakes devices; nobody unless a test says so. */
  readonly waker?: Waker;
  /** What the machine says of where it stands, where that is not as usual. */
  readonly around?: Partial<Surroundings>;
  /** To whom it is shown; nobody unless a test says so. */
  readonly mirror?: Mirror | ((config: Config) => Promise<Mirror | null>);
  /** Only made, not started, as a command does that finds no daemon. */
  readonly idle?: boolean;
}

export const LAN = '10.0.0.0/24';
export const every = (length: number, plan: PlanSchedule['plan'] = 'sweep'): PlanSchedule => ({
  plan,
  cadence: { kind: 'every', every: length },
});
export const daily = (cron: string, zone: string | null = 'UTC', plan: PlanSchedule['plan'] = 'sweep'): PlanSchedule => ({
  plan,
  cadence: { kind: 'at', cron, zone },
});
/** A target as the config file declares it. */
export const declared = (text: string, ...schedule: PlanSchedule[]): Config['targets'][number] => ({
  spec: orFault(parseTarget(text)),
  schedule,
  window: null,
  iface: null,
  canaries: [],
});
/** A config that watches only what it names. */
export const watching = (...targets: Config['targets']): Partial<Config> => ({ self: { watch: false }, targets });

let stands = 0;

const makerOf = (mirror: NonNullable<Wish['mirror']>) => (typeof mirror === 'function' ? mirror : async () => mirror);

/** Builds a stand and starts it; nothing has happened yet but what happens at once. */
export async function stand(wish: Wish = {}): Promise<Stand> {
  const clock = wish.clock ?? new ManualClock(AT);
  const store = wish.store ?? (await openStore({ kind: 'memory' }));
  const prober = new ScriptedProber(clock);
  prober.script = wish.script ?? (() => undefined);
  const [log, names, reader] = [new SilentLog(), new FakeNames(), new QueuedReports()];
  const holder = { id: `holder ${++stands}`, pid: 4000 + stands, host: 'here', startedAt: AT, ...wish.holder };
  const tenancy = createTenancy({ store, clock, holder, isGone: wish.isGone ?? (() => false) });
  // What a test is about is not to be told by the way.
  const config = { ...DEFAULTS, alerts: { ...DEFAULTS.alerts, usual: false }, ...wish.config };
  const listener = wish.listener ?? null;
  const { channels, dice = () => 0.5 } = wish;
  const kept = {
    version: '1',
    config,
    store,
    tenancy,
    clock,
    log,
    pid: holder.pid,
    dice,
    ...(channels && { channels: async () => channels }),
    ...(wish.waker && { waker: wish.waker }),
  };
  const outside = {
    ...kept,
    prober,
    reader,
    historyReader: createHistoryReader(),
    names,
    listener,
    vendorOf: () => null,
    surroundings: { ...surroundings, ...wish.around },
  };
  const watcher = await createWatcher({ ...outside, ...(wish.mirror && { mirror: makerOf(wish.mirror) }) });
  const feed: FeedItem[] = [];
  watcher.keeper.subscribe((item) => void feed.push(item));
  let lost = false;
  if (!wish.idle) await watcher.start(() => (lost = true));
  await settle();
  const end = async (): Promise<void> => {
    let stopped = false;
    const stopping = watcher.stop().then(() => (stopped = true));
    await clock.pass(10_000);
    assert.ok(stopped, 'it did not stop within ten seconds');
    await stopping;
    assert.deepEqual(prober.unexpected, []);
    assert.equal(clock.sleepers, 0, 'somebody still sleeps');
    assert.deepEqual(await store.check(), []);
  };
  return { clock, prober, store, watcher, keeper: watcher.keeper, feed, log, names, reader, lost: () => lost, end };
}

const network = (iface: string, block: string, loopback = false): Network => {
  const [range] = covering([block]).addresses;
  return { iface, block, range: range as Network['range'], loopback };
};

export const surroundings: Surroundings = {
  networks: () => [network('eth0', LAN), network('lo', '127.0.0.0/8', true)],
  ifaceOf: ({ first }) => {
    if (first >> 8n === 0x0a0000n) return 'eth0';
    return first >> 24n === 127n ? 'lo' : null;
  },
  gateways: () => ['10.0.0.254'],
  privileged: () => true,
  diagnose: async () => [],
};

/** Keeps what was written, for the tests that ask. */
export class SilentLog implements Log {
  readonly lines: string[] = [];
  readonly #take = (fields: object, message: string): void => void this.lines.push(`${message} ${JSON.stringify(fields)}`);
  readonly debug = this.#take;
  readonly info = this.#take;
  readonly warn = this.#take;
  readonly error = this.#take;
}

/** A resolver that knows only what a test told it, and names nobody. */
export class FakeNames implements Names {
  readonly known = new Map<string, readonly string[]>();
  /** What naming hosts breaks with. */
  broken: Error | undefined;
  /** What hosts are called, by address; asking for it may take us somewhere else. */
  called: ((address: string) => string | null) | undefined;
  /** Hosts that were asked for their names themselves, in order. */
  readonly asked: string[] = [];

  async addressesOf(hostname: string, _signal?: StopSignal): Promise<readonly string[]> {
    return this.known.get(hostname) ?? [];
  }
  async nameAll(observations: readonly Observation[], _signal?: StopSignal, ask: NameAsk = {}): Promise<readonly Observation[]> {
    if (this.broken) throw this.broken;
    this.asked.push(...observations.filter((seen) => ask.mayAsk?.(seen) ?? true).map(({ address }) => address));
    return this.called ? observations.map((seen) => this.#named(seen)) : observations;
  }

  #named(seen: Observation): Observation {
    const name = this.called?.(seen.address) ?? null;
    return name === null ? seen : { ...seen, names: [...(seen.names ?? []), { name: untrusted(name), source: 'dns' }] };
  }
}

/** Reads the reports that a test lined up, whatever the bytes. */
export class QueuedReports implements ReportReader {
  readonly queue: Partial<ScanReport>[] = [];
  /** What the kept output of any scan says; null: nothing that can be read. */
  kept: KeptOutput | null = null;

  async read(_: unknown, { covers, now }: Parameters<ReportReader['read']>[1]): Promise<ScanReport> {
    const report = this.queue.shift();
    if (!report) throw new Fault('bad-input', 'reading report: it is empty', 'pipe nmap into it');
    return { ...foreignReport(now), ...(covers ? { coverage: { ...covering([]), addresses: covers } } : {}), ...report };
  }

  async readKept(): Promise<KeptOutput | null> {
    return this.kept;
  }
}

function foreignReport(now: number): ScanReport {
  return {
    startedAt: now - 10_000,
    finishedAt: now,
    outcome: 'complete',
    cause: null,
    coverage: { ...covering([LAN]), basis: 'inferred' },
    vantage: { iface: null, privileged: true },
    tool: { name: 'nmap', version: '7.93' },
    commands: [],
    observations: [],
    asked: 256,
    warnings: [],
    raw: null,
  };
}

/** What was told of, in order, without the numbers, and without descriptions of newcomers, which have tests of their own. */
export async function told({ store }: Pick<Stand, 'store'>): Promise<string[]> {
  const changes = await store.changes({ limit: 10_000 });
  assert.deepEqual(
    changes.map(({ seq }) => seq),
    changes.map((_, i) => i + 1),
  );
  const others = changes.filter(({ kind }) => kind !== 'device.described');
  return others.map(({ kind, device }) => (device === null ? kind : `${kind} ${device}`));
}

/** Presence by device, as asked now. */
export const presence = ({ keeper }: Pick<Stand, 'keeper'>): string[] => keeper.roll().devices.map(({ id, presence: is }) => `${id} ${is}`);

/** The config of a file that says nothing. */
export const silent = DEFAULTS;
