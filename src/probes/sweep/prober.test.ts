import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fastClock } from '../../../test/probes/clocks.ts';
import { defaultRoute, fakeMachine, LOOPBACK, link } from '../../../test/probes/fake-machine.ts';
import { type FakeProber, failing, fakeProber, type Standing } from '../../../test/probes/fake-prober.ts';
import { rangesOf } from '../../../test/probes/stub.ts';
import { type Clock, coverageText, formatRange, type LookOrder, NO_COVERAGE, PLANS, type ScanReport } from '../../core/index.ts';
import type { Link } from '../machine/links.ts';
import type { Neighbour } from '../neighbours/neighbour.ts';
import { createSweepProber } from './prober.ts';

const [CARD, OTHER] = ['02:00:5e:00:00:09', '02:00:5e:00:00:10'];

interface Scene {
  readonly arpScan?: FakeProber;
  readonly nmap?: FakeProber;
  readonly links?: readonly Link[];
  /** The neighbour table, one list for each reading; the last one stays. */
  readonly tables?: readonly (readonly Neighbour[] | null)[];
  readonly order?: Partial<LookOrder>;
  readonly onTable?: () => void;
  readonly privileged?: boolean;
  readonly clock?: Clock;
}

/** Sweeps with made-up ways of looking on a made-up machine. */
function sweep(targets: readonly string[], scene: Scene = {}): Promise<ScanReport> {
  const links = [LOOPBACK, ...(scene.links ?? [link('va', ['10.77.0.1/24'])])];
  const tables = [...(scene.tables ?? [[]])];
  const prober = createSweepProber({
    clock: scene.clock ?? fastClock(),
    machine: fakeMachine({ links: [links], routes: defaultRoute('va'), privileged: scene.privileged ?? true }),
    nmap: scene.nmap ?? fakeProber('nmap'),
    arpScan: scene.arpScan ?? fakeProber('arp-scan'),
    neighbours: async () => {
      scene.onTable?.();
      return (tables.length > 1 ? tables.shift() : tables[0]) ?? null;
    },
  });
  const order = { plan: PLANS.sweep, addresses: rangesOf(...targets), iface: null, ...scene.order };
  return prober.look(order, () => {}, new AbortController().signal);
}

const seen = ({ observations }: ScanReport): readonly string[] => observations.map(({ address, mac }) => `${address} ${mac}`);
const covered = ({ coverage }: ScanReport): readonly string[] => coverageText(coverage).addresses;
const asked = ({ orders }: FakeProber): readonly string[] => orders.map(({ addresses }) => addresses.map(formatRange).join(' '));

describe('before somebody is said to have left', () => {
  const thorough = { thorough: true };
  const pastArp = (standing: Standing): FakeProber => fakeProber('nmap', standing, { reason: 'echo-reply' });

  test('two networks on one interface: the silent of both are asked past ARP', async () => {
    const nmap = pastArp({ '10.77.0.9': CARD, '10.78.0.9': OTHER });
    const links = [link('va', ['10.77.0.1/24', '10.78.0.1/24'])];
    const report = await sweep(['10.77.0.9', '10.78.0.9'], { nmap, links, order: thorough });
    assert.deepEqual(asked(nmap), ['10.77.0.9', '10.78.0.9']);
    assert.deepEqual(seen(report), [`10.77.0.9 ${CARD}`, `10.78.0.9 ${OTHER}`]);
    assert.deepEqual(covered(report), ['10.77.0.9', '10.78.0.9']);
  });

  test('whoever answered ARP is not asked again, and of more than can be asked nobody is covered as silent', async () => {
    const nmap = pastArp({});
    const report = await sweep(['10.77.0.8/31'], { nmap, arpScan: fakeProber('arp-scan', { '10.77.0.8': CARD }), order: thorough });
    assert.deepEqual([asked(nmap), covered(report), report.outcome], [['10.77.0.9'], ['10.77.0.8/31'], 'complete']);
    const many = pastArp({});
    assert.deepEqual(covered(await sweep(['10.77.0.0/24'], { nmap: many, order: thorough })), []);
    assert.deepEqual(asked(many), []);
  });

  test('law 2: where the second question fails, the silence of the first one covers nobody', async () => {
    const nmap = fakeProber('nmap', {}, { but: failing('tool-missing', 'nmap is not installed') });
    const report = await sweep(['10.77.0.8/31'], { nmap, arpScan: fakeProber('arp-scan', { '10.77.0.8': CARD }), order: thorough });
    assert.deepEqual([report.outcome, report.cause?.code, covered(report)], ['partial', 'tool-missing', ['10.77.0.8']]);
  });

  test('R4: an answer without a card is no neighbour, unless the kernel knows the card on that very interface', async () => {
    const nmap = pastArp({ '10.77.0.8': null, '10.77.0.9': null });
    const known = (iface: string, address: string): Neighbour => ({ iface, address, mac: CARD, state: 'STALE' });
    const tables = [[known('va', '10.77.0.9'), known('vb', '10.77.0.8')]];
    const report = await sweep(['10.77.0.8/31'], { nmap, tables, order: thorough });
    assert.deepEqual([seen(report), covered(report)], [[`10.77.0.9 ${CARD}`], ['10.77.0.9']]);
  });
});

describe('R11: an arp-scan that cannot be used', () => {
  for (const [code, text] of [
    ['tool-missing', 'arp-scan is not installed'],
    ['tool-failed', 'arp-scan failed: unrecognized option --backoff'],
  ] as const)
    test(`${code}: nmap asks instead, and the report says so`, async () => {
      const nmap = fakeProber('nmap', { '10.77.0.9': CARD });
      const report = await sweep(['10.77.0.0/24'], { nmap, arpScan: fakeProber('arp-scan', {}, { but: failing(code, text) }) });
      assert.deepEqual([report.outcome, covered(report), seen(report)], ['complete', ['10.77.0.0/24'], [`10.77.0.9 ${CARD}`]]);
      assert.deepEqual([report.tool.name, report.warnings], ['nmap', [`${text}: asked with nmap instead, which is slower`]]);
    });

  test('in a thorough look too: whoever was silent then is asked past ARP all the same', async () => {
    const nmap = fakeProber('nmap');
    const arpScan = fakeProber('arp-scan', {}, { but: failing('tool-missing', 'arp-scan is not installed') });
    await sweep(['10.77.0.9'], { nmap, arpScan, order: { thorough: true } });
    assert.deepEqual(
      nmap.orders.map(({ thorough, iface }) => [thorough, iface]),
      [
        [false, 'va'],
        [true, 'va'],
      ],
    );
  });

  test('what failed for another reason, or crashed, is not asked again in another way', async () => {
    for (const code of ['no-carrier', 'killed', 'totals-differ', 'no-privilege'] as const) {
      const nmap = fakeProber('nmap');
      const report = await sweep(['10.77.0.0/24'], { nmap, arpScan: fakeProber('arp-scan', {}, { but: failing(code, 'so it is') }) });
      assert.deepEqual([report.outcome, report.cause?.code, asked(nmap)], ['failed', code, []]);
    }
  });

  test('with neither of the two the look fails, and names both', async () => {
    const arpScan = fakeProber('arp-scan', {}, { but: failing('tool-missing', 'arp-scan is not installed') });
    const nmap = fakeProber('nmap', {}, { but: failing('tool-missing', 'nmap is not installed') });
    const report = await sweep(['10.77.0.0/24'], { nmap, arpScan });
    assert.deepEqual([report.outcome, report.cause?.text, covered(report)], ['failed', 'nmap is not installed', []]);
    assert.match(report.warnings.join(), /arp-scan is not installed/);
  });
});

describe('the kernel’s neighbour table', () => {
  const entry = (state: Neighbour['state'], iface = 'va'): Neighbour => ({ address: '10.77.0.9', mac: CARD, iface, state });

  test('is read before anybody is asked, and once more at the end', async () => {
    const steps: string[] = [];
    const arpScan = fakeProber('arp-scan', {}, { meanwhile: () => steps.push('arp-scan') });
    const nmap = fakeProber('nmap', {}, { meanwhile: () => steps.push('nmap') });
    await sweep(['10.77.0.9', '10.99.0.9'], { arpScan, nmap, onTable: () => steps.push('table') });
    assert.deepEqual(steps, ['table', 'arp-scan', 'nmap', 'table']);
  });

  test('tells of who became reachable during the look, and covers only them beyond what was asked', async () => {
    const arpScan = fakeProber('arp-scan', {}, { but: { outcome: 'partial', coverage: { ...NO_COVERAGE, addresses: [] } } });
    const report = await sweep(['10.77.0.0/24'], { arpScan, tables: [[], [entry('REACHABLE')]] });
    assert.deepEqual([seen(report), covered(report), report.observations[0]?.reason], [[`10.77.0.9 ${CARD}`], ['10.77.0.9'], 'neighbour']);
  });

  test('is no evidence where it says what it said before, cannot be read, or the look failed', async () => {
    for (const tables of [[[entry('REACHABLE')]], [null, [entry('REACHABLE')]], [[], null], [[], [entry('DELAY')]]])
      assert.deepEqual(seen(await sweep(['10.77.0.0/24'], { tables })), []);
    const arpScan = fakeProber('arp-scan', {}, { but: failing('no-carrier', 'interface va has no carrier') });
    assert.deepEqual(seen(await sweep(['10.77.0.0/24'], { arpScan, tables: [[], [entry('REACHABLE')]] })), []);
  });

  test('of another interface than the one pinned is another network by the same numbers', async () => {
    const report = await sweep(['10.77.0.0/24'], { tables: [[], [entry('REACHABLE', 'vb')]], order: { iface: 'va' } });
    assert.deepEqual(seen(report), []);
  });
});

describe('each address is asked in the way that fits it', () => {
  test('attached, routed and IPv6 in one look', async () => {
    const [arpScan, nmap] = [fakeProber('arp-scan', { '10.77.0.9': CARD }), fakeProber('nmap', { '10.99.0.9': null, 'fd77::9': OTHER })];
    const links = [link('va', ['10.77.0.1/24', 'fd77::1/64'])];
    const expected = [{ address: 'fd77::9', mac: OTHER }];
    const report = await sweep(['10.77.0.0/24', '10.99.0.9', 'fd77::/64'], { arpScan, nmap, links, order: { expected } });
    assert.deepEqual([asked(arpScan), asked(nmap)], [['10.77.0.0/24'], ['fd77::9', '10.99.0.9']]);
    assert.deepEqual([report.outcome, report.vantage.iface], ['complete', null]);
    assert.deepEqual(seen(report), [`10.77.0.9 ${CARD}`, `fd77::9 ${OTHER}`, '10.99.0.9 null']);
    assert.deepEqual(covered(report), ['10.77.0.0/24', '10.99.0.9', 'fd77::9'], 'the rest of the /64 was not asked');
    assert.equal(report.tool.name, 'arp-scan + nmap');
  });

  test('R7: what cannot be asked takes nothing from the others', async () => {
    const nmap = fakeProber('nmap', {}, { but: failing('no-route', 'this machine has no route to 10.99.0.9') });
    const report = await sweep(['10.77.0.0/24', '10.99.0.9'], { nmap });
    assert.deepEqual([report.outcome, report.cause?.code, covered(report)], ['partial', 'no-route', ['10.77.0.0/24']]);
  });

  test('two addresses on one interface in one network are one lot, both with it', async () => {
    const arpScan = fakeProber('arp-scan');
    const links = [link('va', ['10.77.0.1/24', '10.77.0.200/24'])];
    const report = await sweep(['10.77.0.0/24'], { arpScan, links });
    assert.deepEqual([asked(arpScan), covered(report), report.vantage.iface], [['10.77.0.0/24'], ['10.77.0.0/24'], 'va']);
  });

  test('link-local addresses are asked on the interface that was named, one by one by nmap, a whole network by its hints', async () => {
    const nmap = fakeProber('nmap', { 'fe80::9': CARD });
    const order = { iface: 'va', expected: [{ address: 'fe80::9', mac: CARD }] };
    const report = await sweep(['fe80::9'], { nmap, order });
    assert.deepEqual([seen(report), covered(report)], [[`fe80::9 ${CARD}`], ['fe80::9']]);
    assert.deepEqual(covered(await sweep(['fe80::/64'], { nmap, order })), ['fe80::9']);
    assert.deepEqual(
      nmap.orders.map(({ iface, addresses }) => [iface, addresses.map(formatRange)]),
      [
        ['va', ['fe80::9']],
        ['va', ['fe80::9']],
      ],
    );
  });

  test('without ping an IPv6 network is asked where somebody was expected, or is known', async () => {
    const nmap = fakeProber('nmap');
    const tables = [[{ address: 'fd77::7', mac: CARD, iface: 'va', state: 'STALE' }] as const];
    const order = { expected: [{ address: 'fd77::9', mac: null }] };
    const report = await sweep(['fd77::/64'], { nmap, tables, order, links: [link('va', ['fd77::1/64'])] });
    assert.deepEqual([asked(nmap), report.outcome], [['fd77::7 fd77::9'], 'complete']);
  });

  test('without raw frames, and for an interface that is gone, nmap is asked for everything', async () => {
    const [arpScan, nmap] = [fakeProber('arp-scan'), fakeProber('nmap')];
    await sweep(['10.77.0.0/24'], { arpScan, nmap, order: { iface: 'vx' } });
    await sweep(['10.77.0.0/24'], { arpScan, nmap, privileged: false });
    assert.deepEqual([asked(arpScan), asked(nmap)], [[], ['10.77.0.0/24', '10.77.0.0/24']]);
  });
});

test('other plans go to nmap as they are; a rate without a limit is none at all to it', async () => {
  const nmap = fakeProber('nmap');
  for (const plan of [
    { ...PLANS.ports, maxRate: 50 },
    { ...PLANS.sweep, assumeUp: true },
    { ...PLANS.sweep, maxRate: 0 },
  ])
    await sweep(['10.99.0.9'], { nmap, order: { plan, thorough: true } });
  assert.deepEqual(
    nmap.orders.map(({ plan, thorough }) => [plan.name, plan.maxRate, thorough]),
    [
      ['ports', 50, false],
      ['sweep', null, false],
      ['sweep', null, false],
    ],
  );
});

test('R9: whoever is asked last gets the time that is left, and never none', async () => {
  const clock = { ...fastClock(), monotonic: () => passed };
  let passed = 0;
  const [arpScan, nmap] = [fakeProber('arp-scan', {}, { meanwhile: () => (passed += 900) }), fakeProber('nmap')];
  const order = { plan: { ...PLANS.sweep, budget: 1000 } };
  const scene = { arpScan, nmap, clock, order, links: [link('va', ['10.77.0.1/24', '10.78.0.1/24'])] };
  await sweep(['10.77.0.0/24', '10.99.0.9'], scene);
  await sweep(['10.77.0.0/24', '10.78.0.0/24', '10.99.0.9'], scene);
  assert.deepEqual([arpScan.orders[0]?.plan.budget, ...nmap.orders.map(({ plan }) => plan.budget)], [1000, 100, 1]);
});
