import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AT, covering, device, MINUTE, mac, port, seen } from '../../test/make/device.ts';
import { DEFAULTS } from '../config/index.ts';
import type { Device, LabelEdit, Observation, Outcome, PlanSchedule, Scan, ScanReport, Store, Target } from '../core/index.ts';
import { compareLabels } from '../diff/index.ts';
import { applyScan, DEFAULT_WINDOW, type PresenceRules, relabel, rollOf } from '../inventory/index.ts';
import { openStore } from '../store/index.ts';
import type { Entry } from './entry.ts';
import { createFeed } from './feed.ts';
import type { Grounds } from './gates.ts';
import type { FeedItem } from './keeper.ts';
import { Ledger } from './ledger.ts';
import { presenceRules } from './presence-rules.ts';

const LAN = '10.0.0.0/24';
const holder = { id: 'a', pid: 1, host: 'here', startedAt: AT };
const rules = (at: number): PresenceRules => ({ at, watchedSince: null, windowOf: () => 5 * MINUTE, staleAfter: () => DEFAULT_WINDOW });
const begun: Omit<Scan, 'id'> = {
  site: 'home',
  target: 1,
  subject: LAN,
  plan: 'sweep',
  startedAt: AT,
  finishedAt: null,
  outcome: 'running',
  cause: null,
  coverage: null,
  vantage: null,
  tool: null,
  commands: [],
  asked: 0,
  up: 0,
  changes: 0,
  run: null,
};

/** Nothing is watched. */
const NOWHERE: Grounds = {
  segmentsAt: () => [],
  networkFinder: () => () => 'nowhere',
  isWatched: () => false,
  isFamiliar: () => false,
  adriftSince: () => null,
  adriftUntil: () => null,
  gateways: () => [],
};

/** A ledger on a store of its own, and how to bring it reports. */
async function bench(wrap: (store: Store) => Store = (store) => store) {
  const store = wrap(await openStore({ kind: 'memory' }));
  const answer = await store.acquireLease(holder, AT, 1e12);
  assert.ok(answer.granted);
  const { lease } = answer;
  const items: FeedItem[] = [];
  const feed = createFeed((fault) => assert.fail(String(fault)));
  feed.subscribe((item) => void items.push(item));
  const tenancy = { get: async () => lease, keep: () => {}, close: async () => {} };
  const ledger = new Ledger({ site: 'home', store, tenancy, feed, grounds: NOWHERE });
  const entry = async (at: number, observations: readonly Observation[], more: Partial<ScanReport> = {}): Promise<Entry> => {
    const id = await store.beginScan(begun, lease);
    return { scan: { ...begun, id }, report: { ...report(at, observations), ...more }, rules };
  };
  return { store, lease, ledger, items, entry };
}

const report = (at: number, observations: readonly Observation[]): ScanReport => ({
  startedAt: at - 2000,
  finishedAt: at,
  outcome: 'complete',
  cause: null,
  coverage: covering([LAN], '22,80'),
  vantage: { iface: 'eth0', privileged: true },
  tool: { name: 'script', version: '1' },
  commands: [],
  observations,
  asked: 256,
  warnings: [],
  raw: null,
});

const host = fc
  .record({ address: fc.integer({ min: 1, max: 6 }), card: fc.option(fc.integer({ min: 1, max: 6 })), open: fc.subarray([22, 80]) })
  .map(({ address, card, open }) => seen(`10.0.0.${address}`, card, { ports: open.map((number) => port(number)) }));
const step = fc.record({
  later: fc.constantFrom(0, MINUTE, 10 * MINUTE, -MINUTE, -60 * MINUTE),
  hosts: fc.array(host, { maxLength: 5 }),
  outcome: fc.constantFrom<Outcome>('complete', 'complete', 'partial', 'failed', 'cancelled'),
});

test('law 4: reports handed in all at once are committed one by one, and the roll is what a replay makes of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const { store, ledger, items, entry } = await bench();
      let at = AT;
      const entries: Entry[] = [];
      for (const { later, hosts, outcome } of steps) entries.push(await entry((at += later), hosts, { outcome }));
      const done = await Promise.all(entries.map((one) => ledger.commit(one)));
      const replayed = entries.reduce(
        (roll, { report: { outcome, ...one } }) => {
          const heard = outcome === 'failed' ? [] : one.observations;
          const asked = outcome === 'complete' || outcome === 'partial' ? one.coverage : covering([]);
          return applyScan(roll, { observations: heard, coverage: asked, startedAt: one.startedAt }, rules(one.finishedAt)).roll;
        },
        rollOf('home', [], 0),
      );
      assert.deepEqual(ledger.roll.devices, replayed.devices);
      const seqs = done.flatMap(({ changes }) => changes.map(({ seq }) => seq));
      assert.deepEqual(
        seqs,
        seqs.map((_, i) => i + 1),
      );
      assert.equal(ledger.seq, seqs.length);
      assert.deepEqual(
        items.map((item) => item.kind === 'commit' && item.scan.id),
        entries.map(({ scan }) => scan.id),
      );
      assert.deepEqual(await store.check(), []);
    }),
    { numRuns: 150 },
  );
});

test('what the store remembers is what the ledger believes, facts for facts, even when clocks ran backwards', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const { store, ledger, entry } = await bench();
      let at = AT;
      for (const { later, hosts, outcome } of steps) await ledger.commit(await entry((at += later), hosts, { outcome }));
      const memory = await store.load('home');
      const facts = ({ lastSeen: _, firstSeen: __, addresses, ...rest }: Device) => ({
        ...rest,
        addresses: addresses.map(({ address }) => address),
      });
      assert.deepEqual(memory.devices.map(facts), [...ledger.roll.devices.values()].map(facts));
      assert.deepEqual([memory.lastSeq, memory.committedAt], [ledger.seq, ledger.at]);
    }),
    { numRuns: 150 },
  );
});

test('R22: a commit that the store refuses leaves the roll as it was, and the next in line goes on', async () => {
  let refusals = 1;
  const { ledger, items, entry } = await bench((store) => ({
    ...store,
    commit: async (work, lease) => {
      if (refusals-- > 0) throw new Error('disk full');
      return store.commit(work, lease);
    },
  }));
  const before = ledger.roll;
  const [first, second] = [await entry(AT, [seen('10.0.0.1', 1)]), await entry(AT + 1, [seen('10.0.0.2', 2)])];
  const [refused, kept] = await Promise.allSettled([ledger.commit(first), ledger.commit(second)]);
  assert.deepEqual([refused.status, kept.status], ['rejected', 'fulfilled']);
  assert.deepEqual([before.devices.size, [...ledger.roll.devices.values()].map(({ macs }) => macs[0]?.mac)], [0, [mac(2)]]);
  assert.deepEqual([items.length, ledger.seq, ledger.at], [1, 1, AT + 1]);
});

test('words that cannot be kept leave one begun scan behind, which goes on with what is heard next', async () => {
  let full = true;
  const { ledger, store, entry } = await bench((memory) => ({
    ...memory,
    commit: async (work, lease) => {
      if (full) throw new Error('disk full');
      return memory.commit(work, lease);
    },
  }));
  const begun = (await store.scans({ limit: 10 })).length;
  const { report, rules } = await entry(AT, [seen('10.0.0.1', 1)]);
  const entered = (await store.scans({ limit: 10 })).length;
  for (let n = 0; n < 5; n++) await assert.rejects(ledger.hear({ subject: 'eth0', report, rules }), /disk full/);
  full = false;
  const { scan } = await ledger.hear({ subject: 'eth0', report, rules });
  assert.equal((await store.scans({ limit: 10 })).length, entered + 1);
  assert.deepEqual([scan.outcome, begun], ['complete', 0]);
});

test('what people say of a device outlives the commits around it, and what was not named stays', async () => {
  const { ledger, store, entry } = await bench();
  await ledger.commit(await entry(AT, [seen('10.0.0.1', 1)]));
  const again = await entry(AT + 1000, [seen('10.0.0.1', 1), seen('10.0.0.2', 2)]);
  const say = (edit: LabelEdit, id = 1) =>
    ledger.amend({
      said: 'device set',
      at: AT,
      of: (roll) => {
        const [{ before, after }] = relabel(roll, [id], edit) as [ReturnType<typeof relabel>[number]];
        return { touched: [{ before, after }], changes: compareLabels(before, after) };
      },
    });
  const said = await Promise.all([say({ alias: 'printer' }), ledger.commit(again), say({ window: 5 }), say({})]);
  const edited = ledger.roll.devices.get(1);
  assert.deepEqual([edited?.labels.alias, edited?.labels.window, edited?.lastSeen], ['printer', 5, AT + 1000]);
  assert.deepEqual((await store.load('home')).devices[0]?.labels.alias, 'printer');
  assert.deepEqual(
    said.flatMap(({ changes }) => changes.map(({ kind, seq }) => `${seq} ${kind}`)),
    ['2 device.edited', '3 device.appeared', '4 device.edited'],
  );
  assert.equal(ledger.at, AT + 1000);
  await assert.rejects(say({ alias: 'nobody' }, 99), /there is none/);
});

test('output is kept of scans that say something: that changed what we know, or went wrong', async () => {
  const { ledger, store, entry } = await bench();
  const raw = new TextEncoder().encode('<nmaprun/>');
  const kept = async (one: Entry): Promise<boolean> => (await store.rawOf((await ledger.commit(one)).scan.id)) !== undefined;
  assert.equal(await kept(await entry(AT, [seen('10.0.0.1', 1)], { raw })), true);
  assert.equal(await kept(await entry(AT + 1, [seen('10.0.0.1', 1)], { raw })), false);
  assert.equal(await kept(await entry(AT + 2, [], { raw, outcome: 'failed' })), true);
  const byHand = await entry(AT + 3, [seen('10.0.0.1', 1)], { raw });
  assert.equal(await kept({ ...byHand, scan: { ...byHand.scan, target: null } }), true, 'somebody asked for it');
});

test('a quiet scan of 10,000 hosts costs hardly more to fold with twenty windows than with one', () => {
  const address = (n: number): string => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
  const devices = Array.from({ length: 10_000 }, (_, n) =>
    device({
      id: n + 1,
      at: [address(n)],
      macs: [{ mac: mac(n), vendor: null }],
      rhythm: { silences: [3, 900, 70, 9, 1, 0, 2, 0, 0, 0, 0, 0, 0] },
    }),
  );
  const roll = rollOf('home', devices, devices.length);
  const observations = devices.map((_, n) => seen(address(n), n));
  const schedule: readonly PlanSchedule[] = [{ plan: 'sweep', cadence: { kind: 'every', every: MINUTE } }];
  const places = Array.from({ length: 20 }, (_, n) => {
    const { addresses: ranges } = covering([`10.0.${n * 2}.0/23`]);
    const spec = { kind: 'ranges', text: `10.0.${n * 2}.0/23`, ranges } as const;
    const target: Target = {
      id: n,
      site: 'home',
      spec,
      schedule,
      window: n < 10 ? null : n * MINUTE,
      iface: null,
      source: 'user',
      createdAt: AT,
    };
    return { target, ranges };
  });
  const fold = (among: typeof places): number => {
    const before = process.cpuUsage(); // our own time: others may be busy on this machine
    const made = presenceRules({ at: AT + MINUTE, watchedSince: AT, places: among, policy: DEFAULTS.presence });
    const { touched } = applyScan(roll, { observations, coverage: covering(['10.0.0.0/18']) }, made);
    assert.equal(touched.length, 0);
    return process.cpuUsage(before).user / 1000;
  };
  // In turn, so that a machine that slows down slows both; how fast it is by the clock, the benches say.
  const rounds = Array.from({ length: 7 }, () => [fold(places.slice(0, 1)), fold(places)] as const);
  const [one, twenty] = [Math.min(...rounds.map(([ofOne]) => ofOne)), Math.min(...rounds.map(([, ofAll]) => ofAll))];
  assert.ok(twenty < 3 * one, `${one.toFixed(0)} ms with one window, ${twenty.toFixed(0)} ms with twenty`);
});

test('law 4: nothing is told before it is committed: who hears of a change finds it in the store', async () => {
  const kept: number[] = [];
  const { ledger, items, entry } = await bench((store) => ({
    ...store,
    commit: async (work, lease) => {
      assert.equal(items.filter(({ kind }) => kind === 'commit').length, kept.length, 'told before it was kept');
      const changes = await store.commit(work, lease);
      kept.push(...changes.map(({ seq }) => seq));
      return changes;
    },
  }));
  await ledger.commit(await entry(AT, [seen('10.0.0.1', 1)]));
  await ledger.commit(await entry(AT + MINUTE, [seen('10.0.0.1', 1), seen('10.0.0.2', 2)]));
  const told = items.flatMap((item) => (item.kind === 'commit' ? item.changes.map(({ seq }) => seq) : []));
  assert.deepEqual(
    [told, kept],
    [
      [1, 2],
      [1, 2],
    ],
  );
});
