import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { coverageText, type LookNews, NO_COVERAGE, PLANS, type ScanReport } from '../../src/core/index.ts';
import { comesTrue } from './clocks.ts';
import { fakeMachine, LOOPBACK, link } from './fake-machine.ts';
import { lookWith, processesWith, type Stub, type StubLook, stub } from './stub.ts';

/** Looks with a stub and removes it; nothing of it may be left running. */
async function look(name: string, how: StubLook = {}, meanwhile?: (tool: Stub) => Promise<void>): Promise<ScanReport> {
  const tool = stub(name);
  try {
    const report = lookWith(tool, how);
    await meanwhile?.(tool);
    const settled = await report;
    assert.ok(await comesTrue(() => processesWith(tool.path).length === 0, 2000), 'R13: no child outlives its look by two seconds');
    return settled;
  } finally {
    tool.remove();
  }
}

const covered = ({ coverage }: ScanReport): readonly string[] => coverageText(coverage).addresses;

function provesNothing(report: ScanReport, code: string): void {
  assert.deepEqual([report.outcome, report.cause?.code], ['failed', code]);
  assert.deepEqual(report.coverage, NO_COVERAGE);
  assert.deepEqual(report.observations, []);
}

/** Gone, or dead and only not yet collected by its new parent. */
function isGone(pid: string | undefined): boolean {
  const stat = `/proc/${pid?.trim()}/stat`;
  return pid !== undefined && (!existsSync(stat) || / Z /.test(readFileSync(stat, 'utf8')));
}

test('R7: exit code 0 and "success" of 1 address out of 255 prove nothing', async () => {
  provesNothing(await look('wrong-total'), 'totals-differ');
});

test('R7: a scan that ends with exit="error" proves nothing, not even the host it printed', async () => {
  const report = await look('exit-error');
  provesNothing(report, 'tool-failed');
  assert.match(report.cause?.text ?? '', /Only ethernet devices/);
});

test('R7: without runstats only the host that was seen is covered', async () => {
  const report = await look('no-runstats');
  assert.deepEqual([report.outcome, report.cause?.code], ['partial', 'cut-off']);
  assert.deepEqual(covered(report), ['10.77.0.2']);
});

test('R7: one network of two fails: the other is good, and only that is covered', async () => {
  const report = await look('one-network-fails', { targets: ['10.77.0.2', '10.78.0.0', '10.78.0.2-10.78.0.255'] });
  assert.deepEqual([report.outcome, report.cause?.code], ['partial', 'tool-failed']);
  assert.deepEqual(covered(report), ['10.78.0.0', '10.78.0.2-10.78.0.255']);
  assert.deepEqual(
    report.observations.map(({ address }) => address),
    ['10.78.0.2'],
  );
  assert.equal(report.commands.length, 2);
  assert.equal(report.vantage.iface, null, 'it looked from two');
});

test('R6: output cut in the middle of a host covers the whole ones before it', async () => {
  const report = await look('cut-off');
  assert.deepEqual([report.outcome, report.cause?.code], ['partial', 'cut-off']);
  assert.deepEqual(covered(report), ['10.77.0.2']);
});

test('law 5: a banner that makes bad XML hides nobody behind its host', async () => {
  const report = await look('forbidden-characters', { plan: PLANS.ports });
  assert.deepEqual([report.outcome, report.cause], ['complete', null]);
  assert.deepEqual(
    report.observations.map(({ address }) => address),
    ['10.77.0.2', '10.77.0.9'],
  );
  assert.match(report.warnings.join(), /replaced 2 characters XML forbids/);
});

test('silence with exit code 0 is a failure', async () => {
  provesNothing(await look('rc0-nothing'), 'unreadable');
  provesNothing(await look('not-xml'), 'unreadable');
});

test('R8: a host nmap gave up on is kept, its network is covered', async () => {
  const report = await look('host-timeout');
  assert.deepEqual([report.outcome, report.cause?.code], ['partial', 'host-timeouts']);
  assert.deepEqual(covered(report), ['10.77.0.0', '10.77.0.2-10.77.0.255']);
  assert.deepEqual(
    report.observations.map(({ address, timedOut }) => [address, timedOut]),
    [
      ['10.77.0.2', false],
      ['10.77.0.9', true],
    ],
  );
});

test('R4: a neighbour that answers without a hardware address makes the network another one', async () => {
  provesNothing(await look('no-mac'), 'other-route');
});

test('R12: without raw packets nobody has a hardware address, and the report says how it looked', async () => {
  const machine = fakeMachine({ privileged: false });
  const report = await look('no-mac', { machine });
  assert.equal(report.outcome, 'complete');
  assert.equal(report.vantage.privileged, false);
  assert.ok(report.commands[0]?.includes('--unprivileged'));
});

test('R9: a scan over its budget is ended by SIGTERM and keeps the host it saw', async () => {
  const report = await look('forever', { plan: { budget: 3000 } });
  assert.deepEqual([report.outcome, report.cause?.code], ['partial', 'over-budget']);
  assert.match(report.cause?.text ?? '', /3 s/);
  assert.deepEqual(covered(report), ['10.77.0.2']);
});

test('R9: one that traps SIGTERM is killed 5 s later', async () => {
  const started = performance.now();
  const report = await look('traps-term', { plan: { budget: 3000 } });
  provesNothing(report, 'over-budget');
  assert.ok(performance.now() - started >= 800, 'budget and grace, ten times faster');
});

test('R9: one that was stopped (SIGSTOP) is ended too', async () => {
  provesNothing(await look('stopped', { plan: { budget: 3000 } }), 'over-budget');
});

test('R10: a crash keeps what was seen before it, and covers nothing else', async () => {
  const report = await look('segfault');
  assert.deepEqual([report.outcome, report.cause?.code], ['partial', 'killed']);
  assert.match(report.cause?.text ?? '', /SIGSEGV/);
  assert.deepEqual(covered(report), ['10.77.0.2']);
});

test('R10: nmap killed from outside, as by the kernel for want of memory', async () => {
  const report = await look('forever', {}, async (tool) => {
    assert.ok(await comesTrue(() => tool.wrote('pid')?.endsWith('\n') === true, 10_000));
    process.kill(Number(tool.wrote('pid')), 'SIGKILL');
  });
  assert.equal(report.cause?.code, 'killed');
  assert.match(report.cause?.text ?? '', /SIGKILL/);
});

test('R11: no nmap, by the name it was given or by any', async () => {
  const tool = stub('forever');
  tool.remove();
  provesNothing(await lookWith(tool), 'tool-missing');
  provesNothing(await lookWith(tool, { machine: fakeMachine({ leash: ['/usr/bin/env', '--'] }) }), 'tool-missing');
});

test('a stop signal ends the scan as cancelled', async () => {
  const stop = new AbortController();
  const report = await look('forever', { signal: stop.signal, news: (item) => item.kind === 'host' && stop.abort() });
  assert.deepEqual([report.outcome, report.cause?.code], ['cancelled', 'stopped']);
  assert.deepEqual(covered(report), ['10.77.0.2']);
});

test('a stop before the start spawns nothing', async () => {
  const report = await look('forever', { signal: AbortSignal.abort() });
  assert.deepEqual([report.outcome, report.cause?.code], ['cancelled', 'stopped']);
  assert.deepEqual(report.commands, []);
});

test('complaints are kept short and clean, and do not block the scan', async () => {
  const report = await look('two-megabytes-of-stderr');
  assert.equal(report.outcome, 'complete');
  assert.ok(report.warnings.join('').length < 10_000);
  assert.ok(report.warnings.includes('WARNING: the sky is falling'));
  assert.ok(report.warnings.includes('Trouble with [31mcolours'), 'no escape character');
});

test('R13: a child that nmap leaves behind dies with it', async () => {
  let left: string | undefined;
  const report = await look('leaves-a-child', {}, async (tool) => {
    await comesTrue(() => tool.wrote('pid')?.endsWith('\n') === true, 10_000);
    left = tool.wrote('pid');
  });
  assert.equal(report.outcome, 'complete');
  assert.ok(await comesTrue(() => isGone(left), 2000));
});

test('R1 R2: an interface that cannot see spawns nothing', async () => {
  for (const [other, code] of [
    [{ up: false }, 'interface-down'],
    [{ carrier: false }, 'no-carrier'],
  ] as const) {
    const report = await look('host-timeout', { machine: fakeMachine({ links: [[LOOPBACK, link('va', ['10.77.0.1/24'], other)]] }) });
    provesNothing(report, code);
    assert.deepEqual(report.commands, []);
  }
  provesNothing(await look('host-timeout', { iface: 'vx' }), 'interface-gone');
});

test('R1 R2 R3: an interface that changed during the scan makes it worthless', async () => {
  const good = link('va', ['10.77.0.1/24']);
  for (const [after, code] of [
    [{ ...good, up: false }, 'interface-down'],
    [{ ...good, carrier: false }, 'no-carrier'],
    [{ ...good, carrierChanges: 4 }, 'link-flapped'],
    [{ ...good, addresses: [] }, 'address-lost'],
  ] as const) {
    // Read once to split the addresses, once before nmap, once after.
    const report = await look('host-timeout', {
      machine: fakeMachine({
        links: [
          [LOOPBACK, good],
          [LOOPBACK, good],
          [LOOPBACK, after],
        ],
      }),
    });
    provesNothing(report, code);
    assert.equal(report.commands.length, 1);
  }
});

test('a machine that cannot be read is a failure, not an exception', async () => {
  const machine = { ...fakeMachine(), links: () => Promise.reject(new Error('netlink is gone')) };
  const report = await look('host-timeout', { machine });
  provesNothing(report, 'tool-failed');
  assert.match(report.cause?.text ?? '', /netlink is gone/);
});

test('the raw output is kept, compressed', async () => {
  const report = await look('host-timeout');
  const text = zstdDecompressSync(report.raw as Uint8Array).toString();
  assert.match(text, /^<\?xml[\s\S]*<\/nmaprun>\n$/);
});

test('progress rises to the hosts found', async () => {
  const news: LookNews[] = [];
  await look('slow-progress', { news: (item) => news.push(item) });
  const progress = news.flatMap((item) => (item.kind === 'progress' ? [item.done] : []));
  assert.deepEqual(progress.slice(0, 2), [0.25, 0.75]);
  assert.equal(news.filter(({ kind }) => kind === 'host').length, 1);
});

test('nmap sees no environment of ours, and stands in an empty folder that is gone already', async () => {
  process.env['ROLLCALL_SECRET_CANARY'] = 'canary';
  const tool = stub('records-argv');
  try {
    await lookWith(tool);
    assert.doesNotMatch(tool.wrote('env') ?? '', /canary|HOME=|NMAPDIR/);
    assert.match(tool.wrote('env') ?? '', /^LANG=C$/m);
    assert.equal(tool.wrote('ls'), '');
    assert.match(tool.wrote('cwd') ?? '', /rollcall-\w+ \(deleted\)/);
  } finally {
    delete process.env['ROLLCALL_SECRET_CANARY'];
    tool.remove();
  }
});

test('every stub says which situation it plays', () => {
  for (const name of ['forever', 'traps-term', 'segfault', 'cut-off', 'stopped'])
    assert.match(readFileSync(`${import.meta.dirname}/stubs/${name}`, 'utf8'), /^#!\/bin\/sh\n# Stands in for nmap\. /);
});
