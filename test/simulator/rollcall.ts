import { setImmediate as othersTurn } from 'node:timers/promises';
import { DEFAULTS } from '../../src/config/index.ts';
import {
  depthOf,
  type LookOrder,
  type Network,
  NO_COVERAGE,
  orFault,
  PLANS,
  type Prober,
  parseTarget,
  type ScanReport,
  type Store,
  type Target,
  type TargetSpec,
} from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import { createTenancy, type Surroundings } from '../../src/watch/index.ts';
import { recallGates } from '../../src/watch/recall-gates.ts';
import { type Wired, wire } from '../../src/watch/wire.ts';
import { covering } from '../make/device.ts';
import { ScriptedListener } from '../watch/scripted-listener.ts';
import { QueuedReports } from '../watch/stand.ts';
import type { Judge, Telling } from './policies.ts';
import type { Look, Watch } from './trace.ts';
import { TraceClock } from './trace-clock.ts';
import { BLOCK, ROUTED, START } from './world.ts';

/** How long a sweep takes. */
const TAKES = 2000;
const [LAN] = covering([BLOCK]).addresses as [Network['range']];
/** Where the first unit of every world lives. */
const GATEWAY = '10.0.0.3';
const ALLOWANCE = { ranges: covering([BLOCK, ROUTED]).addresses, owner: 'the simulator', until: Number.MAX_SAFE_INTEGER };

const surroundings: Surroundings = {
  networks: () => [{ iface: 'eth0', block: BLOCK, range: LAN, loopback: false }],
  ifaceOf: ({ family, first }) => (family === LAN.family && first >= LAN.first && first <= LAN.last ? 'eth0' : null),
  gateways: () => [GATEWAY],
  privileged: () => true,
  diagnose: async () => [],
};

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Rollcall: the keeper with all its parts but the scheduler, whose looks the trace makes. */
export async function rollcall(watch: Watch, kept?: Store): Promise<Judge> {
  const clock = new TraceClock(START);
  const store = kept ?? (await openStore({ kind: 'memory' }));
  const prober = new TraceProber(clock);
  let told: Telling[] = [];
  let truth = START;
  const keep = async (): Promise<Kept> => {
    const begun = await startKeeper({ store, clock, prober, watch });
    begun.wired.feed.subscribe((item) => {
      if (item.kind === 'commit') told.push(...item.changes.map((draft) => ({ at: truth, draft })));
    });
    return begun;
  };
  let { wired, listener } = await keep();
  const beat = (): void => wired.scheduler.noticeGap();
  return {
    name: 'learned',
    devices: () => wired.ledger.roll.devices,
    async look(look) {
      told = [];
      if (look.anew !== null) clock.sleepTo(look.at);
      if (look.anew === 'off') ({ wired, listener } = await keep());
      prober.sees = look;
      for (const [at, together] of Map.groupBy(look.heard, (sighting) => sighting.at)) {
        clock.passTo(at, beat);
        truth = at;
        listener.hear(...together.map((sighting) => ({ ...sighting, at: clock.now() })));
        await quiet(wired);
      }
      clock.shift = look.shift;
      clock.passTo(look.at, beat);
      truth = look.at;
      for (const target of wired.book.all) await sweep(wired, target);
      await quiet(wired);
      return told;
    },
  };
}

interface Kept {
  readonly wired: Wired;
  readonly listener: ScriptedListener;
}

/** A keeper on what the store remembers, as the daemon starts it. */
async function startKeeper(parts: {
  readonly store: Store;
  readonly clock: TraceClock;
  readonly prober: Prober;
  readonly watch: Watch;
}): Promise<Kept> {
  const { store, clock, prober, watch } = parts;
  const holder = { id: 'simulator', pid: process.pid, host: 'here', startedAt: START };
  const tenancy = createTenancy({ store, clock, holder, isGone: () => true });
  const listener = new ScriptedListener();
  const config = { ...DEFAULTS, allowances: [ALLOWANCE] };
  const names = { addressesOf: async () => [], nameAll: async (seen: ScanReport['observations']) => seen };
  const kept = { version: '1', config, store, tenancy, clock, log: silent, pid: holder.pid, dice: () => 0.5 };
  const outside = { ...kept, prober, reader: new QueuedReports(), names, listener, vendorOf: () => null, surroundings };
  const wired = wire(outside);
  await wired.book.load(DEFAULTS.site.name);
  await wired.book.declare(
    (watch.targets ?? [BLOCK]).map((text) => draftOf(orFault(parseTarget(text)), watch)),
    () => tenancy.get(),
  );
  await wired.vigil.recall(store);
  const memory = await store.load(DEFAULTS.site.name);
  wired.ledger.remember(memory, await recallGates(store, clock.now()));
  for (const { target, coverage } of await store.lastLooks(DEFAULTS.site.name, clock.now())) {
    wired.places.note({ target, coverage });
    if (target !== null) wired.familiar.add(target);
  }
  wired.vigil.begin(clock.now());
  wired.scheduler.noticeGap();
  wired.listening?.start();
  return { wired, listener };
}

const draftOf = (spec: TargetSpec, { every }: Watch): Omit<Target, 'id'> => ({
  site: DEFAULTS.site.name,
  spec,
  schedule: [{ plan: 'sweep', cadence: { kind: 'every', every } }],
  window: null,
  iface: null,
  source: 'config',
  createdAt: START,
});

async function sweep({ runner }: Wired, target: Target): Promise<void> {
  if (target.spec.kind !== 'ranges') return;
  const { ranges } = target.spec;
  const job = { target, subject: target.spec.text, plan: PLANS.sweep, iface: target.iface };
  const begun = await runner.begin({ ...job, plan: 'sweep' });
  await runner.finish(begun, job, async () => ({ ok: true, addresses: ranges }));
}

/** Resolves when all that was heard is kept, and whoever arrived was looked at. */
async function quiet({ runner, ledger }: Wired): Promise<void> {
  do {
    for (let turn = 0; turn < 3; turn++) await othersTurn();
    await ledger.settled();
  } while (runner.running.length > 0);
}

/** Looks at the network of a trace, as it is in the look under way. */
class TraceProber implements Prober {
  readonly name = 'trace';
  sees: Look | null = null;
  readonly #clock: TraceClock;

  constructor(clock: TraceClock) {
    this.#clock = clock;
  }

  async look({ addresses, plan, thorough = false }: LookOrder): Promise<ScanReport> {
    const failed = this.sees?.trouble?.kind === 'failed';
    const startedAt = this.#clock.now();
    this.#clock.passTo(startedAt - this.#clock.shift + TAKES, () => {});
    return {
      startedAt,
      finishedAt: this.#clock.now(),
      outcome: failed ? 'failed' : 'complete',
      cause: failed ? { code: 'no-carrier', text: 'eth0 has no carrier' } : null,
      coverage: failed ? NO_COVERAGE : { addresses, ports: {}, depth: depthOf(plan), basis: 'asked' },
      vantage: { iface: 'eth0', privileged: true },
      tool: { name: 'trace', version: '1' },
      commands: [['trace', plan.name]],
      observations: failed ? [] : (this.sees?.ask(addresses, thorough) ?? []),
      asked: 1024,
      warnings: [],
      raw: null,
    };
  }
}
