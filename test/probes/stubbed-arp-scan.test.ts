import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { coverageText, type LookNews, NO_COVERAGE, PLANS, type Plan, type ScanReport } from '../../src/core/index.ts';
import { createArpScanProber } from '../../src/probes/arp-scan/prober.ts';
import { comesTrue, fastClock } from './clocks.ts';
import { fakeMachine, LOOPBACK, link } from './fake-machine.ts';
import { membersOf, rangesOf } from './stub.ts';

const TAB = '\t';
const HEAD = 'Interface: va, type: EN10MB, MAC: 02:00:5e:00:53:01, IPv4: 10.77.0.1';
const ONE = `10.77.0.2${TAB}02:00:5e:00:00:02`;
const TWO = `10.77.0.3${TAB}02:00:5e:00:00:03`;
const FOOT = (hosts: number): string => `Ending arp-scan 1.10.0: ${hosts} hosts scanned in 1.9 seconds (134.0 hosts/sec). 2 responded`;
const says = (...lines: readonly string[]): string => lines.map((line) => `printf '%s\\n' '${line}'`).join('\n');

interface How {
  readonly plan?: Partial<Plan>;
  readonly targets?: readonly string[];
  readonly machine?: ReturnType<typeof fakeMachine>;
  readonly signal?: AbortSignal;
  readonly news?: (item: LookNews) => void;
  readonly speed?: number;
}

/** Looks once with lines of sh instead of arp-scan. */
async function look(script: string, how: How = {}): Promise<ScanReport> {
  const [report] = await looks(1, script, how);
  return report as ScanReport;
}

/** Looks several times with the same prober; nothing of a look may be left running after it. */
async function looks(times: number, script: string, how: How = {}): Promise<ScanReport[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  const path = join(folder, 'arp-scan');
  writeFileSync(path, `#!/bin/sh\necho $$ > "$0.pid"\n${script}\n`);
  chmodSync(path, 0o755);
  try {
    const machine = how.machine ?? fakeMachine({ links: [[LOOPBACK, link('va', ['10.77.0.1/24'])]] });
    const prober = createArpScanProber({ clock: fastClock(how.speed ?? 10), machine, arpScanPath: path });
    const addresses = rangesOf(...(how.targets ?? ['10.77.0.2-10.77.0.3']));
    const plan = { ...PLANS.sweep, ...how.plan };
    const signal = how.signal ?? new AbortController().signal;
    const reports: ScanReport[] = [];
    for (let time = 0; time < times; time++) {
      reports.push(await prober.look({ plan, addresses, iface: null }, how.news ?? (() => {}), signal));
      const leader = Number(readFileSync(`${path}.pid`, 'utf8'));
      // What was killed is gone when the kernel gets round to it.
      assert.ok(await comesTrue(() => membersOf(leader).length === 0, 2000), 'R13: no child outlives its look by two seconds');
    }
    return reports;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const covered = ({ coverage }: ScanReport): readonly string[] => coverageText(coverage).addresses;
const seen = ({ observations }: ScanReport): readonly string[] => observations.map(({ address, mac }) => `${address} ${mac}`);

function provesNothing(report: ScanReport, code: string): void {
  assert.deepEqual(
    [report.outcome, report.cause?.code, report.coverage, report.observations],
    ['failed', code, NO_COVERAGE, []],
    `${report.cause?.text}`,
  );
}

test('who answers is seen with its card, and who was asked is covered', async () => {
  const report = await look(says(HEAD, ONE, ONE, '', FOOT(2)));
  assert.deepEqual([report.outcome, covered(report), seen(report)], ['complete', ['10.77.0.2/31'], ['10.77.0.2 02:00:5e:00:00:02']]);
  assert.match(zstdDecompressSync(report.raw as Uint8Array).toString(), /10\.77\.0\.2/);
  assert.deepEqual(report.tool, { name: 'arp-scan', version: '1.10.0' });
});

test('two cards at one address are both told', async () => {
  const report = await look(says(ONE, `10.77.0.2${TAB}02:00:5e:00:00:99`, FOOT(2)));
  assert.deepEqual(seen(report), ['10.77.0.2 02:00:5e:00:00:02', '10.77.0.2 02:00:5e:00:00:99']);
});

test('R7: another number of addresses than was asked proves nothing', async () => {
  provesNothing(await look(says(ONE, FOOT(1))), 'totals-differ');
});

test('R6: without its last line only who answered is covered, and half a line is nobody', async () => {
  const report = await look(`${says(ONE)}\nprintf '10.77.0.3${TAB}02:00:5e:00'`);
  assert.deepEqual([report.outcome, report.cause?.code], ['partial', 'cut-off']);
  assert.deepEqual([covered(report), seen(report).length], [['10.77.0.2'], 1]);
});

test('R10: an arp-scan that crashes proves who answered before, and nobody absent', async () => {
  const report = await look(`${says(ONE)}\nkill -SEGV $$`);
  assert.deepEqual([report.outcome, report.cause?.code, covered(report)], ['partial', 'killed', ['10.77.0.2']]);
  provesNothing(await look('kill -SEGV $$'), 'killed');
});

test('R11: one that may not send frames, or is not there, is told as that', async () => {
  const refused = 'echo "You need to be root, or arp-scan must be SUID root, to open a link-layer socket." >&2; exit 1';
  provesNothing(await look(refused), 'no-privilege');
  provesNothing(await look('echo "link_open: No such device" >&2; exit 1'), 'tool-failed');
  const machine = fakeMachine({ links: [[LOOPBACK, link('va', ['10.77.0.1/24'])]] });
  const prober = createArpScanProber({ clock: fastClock(10), machine });
  const order = { plan: PLANS.sweep, addresses: rangesOf('10.77.0.2'), iface: null };
  provesNothing(await prober.look(order, () => {}, new AbortController().signal), 'tool-missing');
});

test('R9: one that hangs is ended at its budget, and one that will not end is killed', async () => {
  const hung = await look(`${says(ONE)}\nexec sleep 600`, { plan: { budget: 3000 } });
  assert.deepEqual([hung.outcome, hung.cause?.code, covered(hung)], ['partial', 'over-budget', ['10.77.0.2']]);
  const deaf = await look(`trap '' TERM\n${says(ONE)}\nwhile :; do sleep 1; done`, { plan: { budget: 2000 }, speed: 20 });
  assert.deepEqual([deaf.outcome, deaf.cause?.code], ['partial', 'over-budget']);
});

test('R9: after one that hung, and one that would not end, the next look comes on time and sees', async () => {
  const once = (hang: string): string => `[ -e "$0.hung" ] || { touch "$0.hung"; ${hang}; }\n${says(ONE, TWO, FOOT(2))}`;
  for (const hang of ['exec sleep 600', 'kill -STOP $$', "trap '' TERM; while :; do sleep 1; done"]) {
    const began = performance.now();
    const [hung, next] = await looks(2, once(hang), { plan: { budget: 10_000 } });
    assert.deepEqual([hung?.outcome, hung?.cause?.code, next?.outcome, next?.cause], ['failed', 'over-budget', 'complete', null]);
    // Budget and grace are 15 s, which pass in a tenth of it.
    assert.ok(performance.now() - began < 8000, hang);
  }
});

test('R15: one that is stopped keeps whom it saw, calls nobody absent, and leaves no child', async () => {
  const stop = new AbortController();
  const report = await look(`${says(ONE)}\nsleep 600`, {
    signal: stop.signal,
    news: ({ kind }) => kind === 'host' && stop.abort('enough'),
  });
  assert.deepEqual([report.outcome, report.cause?.code], ['cancelled', 'stopped']);
  assert.deepEqual([covered(report), seen(report)], [['10.77.0.2'], ['10.77.0.2 02:00:5e:00:00:02']]);
});

test('R1 R2 R3: an interface that went down, lost its cable or its address meanwhile proves nothing', async () => {
  const well = [LOOPBACK, link('va', ['10.77.0.1/24'])];
  const after = (other: Parameters<typeof link>[2], addresses = ['10.77.0.1/24']) =>
    fakeMachine({ links: [well, [LOOPBACK, link('va', addresses, other)]] });
  const output = says(ONE, TWO, FOOT(2));
  provesNothing(await look(output, { machine: after({ up: false }) }), 'interface-down');
  provesNothing(await look(output, { machine: after({ carrier: false }) }), 'no-carrier');
  provesNothing(await look(output, { machine: after({}, []) }), 'address-lost');
  provesNothing(await look(output, { machine: after({ carrierChanges: 4 }) }), 'link-flapped');
});

test('S5: hostile, foreign and endless output is nobody, and never more than what was asked', async () => {
  const lines = [
    `10.99.0.1${TAB}02:00:5e:00:00:07`,
    `10.77.0.2${TAB}ff:ff:ff:ff:ff:ff`,
    `10.77.0.2${TAB}01:00:5e:00:00:01`,
    `10.77.0.2${TAB}02:00:5e:00:00:02${TAB}<script>`,
    `010.77.0.3${TAB}02:00:5e:00:00:03`,
    `__proto__${TAB}constructor`,
    '\u001b[2J\u202e',
  ];
  const report = await look(`${says(...lines)}\nhead -c 300000 /dev/zero | tr '\\0' x\necho\n${says(FOOT(2))}`);
  assert.deepEqual([report.outcome, seen(report)], ['complete', []]);
});
