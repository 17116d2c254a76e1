import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { comesTrue, fastClock } from '../../../test/probes/clocks.ts';
import { fakeMachine, LOOPBACK, link } from '../../../test/probes/fake-machine.ts';
import { processesWith } from '../../../test/probes/stub.ts';
import type { Ears, Sighting } from '../../core/index.ts';
import { createListener, createNeighbourListener } from '../index.ts';

const ears = (...ifaces: readonly string[]): Ears => ({ ifaces, hear: () => {}, knows: () => false });

const clock = fastClock();
const forever = new AbortController().signal;
const LINKS = [[LOOPBACK, link('va', ['10.77.0.1/24']), link('vb', ['10.78.0.1/24'])]];

/** Lines of sh in the places of tcpdump and ip: what the latter tells is what is written into its table. */
function tools(t: TestContext, known: readonly object[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [tcpdump, ip, table] = [join(folder, 'tcpdump'), join(folder, 'ip'), join(folder, 'table')];
  const put = (path: string, script: string): void => {
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  };
  writeFileSync(table, '');
  put(ip, `[ "$1" = -s ] && exec echo '${JSON.stringify(known)}'\nexec tail -n +1 -f ${table}`);
  return {
    machine: fakeMachine({ links: LINKS, tools: { tcpdump: { path: tcpdump, version: null }, ip: { path: ip, version: null } } }),
    folder,
    tcpdump,
    /** A tcpdump that says nothing, and whose command line holds its path. */
    putTcpdump: (script = `exec tail -n 0 -f ${tcpdump}`) => put(tcpdump, script),
    removeTcpdump: () => rmSync(tcpdump),
    tells: (address: string) => appendFileSync(table, `${address} dev va lladdr 02:00:5e:00:00:09 REACHABLE\n`),
  };
}

/** Listens until the test ends. */
function listenTo(t: TestContext, machine: ReturnType<typeof fakeMachine>, how: { ifaces?: string[]; speed?: number } = {}) {
  const stop = new AbortController();
  t.after(() => stop.abort());
  const heard: Sighting[] = [];
  const listener = createListener({ clock: fastClock(how.speed ?? 20), machine });
  const listen = () =>
    listener.listen({ ifaces: how.ifaces ?? ['va'], hear: (sighting) => heard.push(sighting), knows: () => false }, stop.signal);
  const hears = (address: string) => comesTrue(() => heard.some((sighting) => sighting.address === address), 5000);
  return { listener, listen, hears, heard, stop: () => stop.abort() };
}

test('R11: without tcpdump and without ip listening ends at once and says what is missing', async () => {
  const listener = createListener({ clock, machine: fakeMachine() });
  const cause = await listener.listen(ears('va'), forever);
  assert.deepEqual(cause, { code: 'tool-missing', text: 'listening on va: tcpdump is not installed' });
  const neighbours = createNeighbourListener({ clock, machine: fakeMachine() });
  assert.match(String((await neighbours.listen(ears('va'), forever))?.text), /ip \(iproute2\) is not installed/);
});

test('R5: who is reachable at the start was heard when the kernel heard it, which may have been in another network', async (t) => {
  const entry = { dev: 'va', lladdr: '02:00:5e:00:00:09', state: ['REACHABLE'] };
  const { machine, putTcpdump } = tools(t, [
    { ...entry, dst: '10.77.0.9', confirmed: 20 },
    { ...entry, dst: '10.77.0.10' },
    { ...entry, dst: '10.77.0.11', confirmed: 3, state: ['STALE'] },
  ]);
  putTcpdump();
  const begun = Date.now();
  const { listen, hears, heard } = listenTo(t, machine, { speed: 1 });
  void listen();
  assert.ok((await hears('10.77.0.9')) && (await hears('10.77.0.10')));
  const ago = (address: string): number => Date.now() - (heard.find((one) => one.address === address)?.at ?? 0);
  const taken = Date.now() - begun;
  for (const [address, at] of [
    ['10.77.0.9', 21_000],
    ['10.77.0.10', 45_000],
  ] as const)
    assert.ok(ago(address) >= at && ago(address) <= at + taken + 1000, `${address}: ${ago(address)}`);
  assert.equal(heard.length, 2);
});

test('R11: a tcpdump that vanishes while it listens is told as missing, and the neighbour table is followed on', async (t) => {
  const { machine, folder, tcpdump, putTcpdump, removeTcpdump, tells } = tools(t);
  putTcpdump();
  const { listener, listen, hears, stop } = listenTo(t, machine);
  const ended = listen();
  assert.ok(await comesTrue(() => processesWith(tcpdump).length > 0, 5000));
  removeTcpdump();
  for (const pid of processesWith(tcpdump)) process.kill(pid, 'SIGKILL');
  const cause = await ended;
  assert.equal(cause?.code, 'tool-missing');
  assert.match(cause.text, /^listening on va: tcpdump could not be started: .*ENOENT; going on with the kernel's neighbour table$/);
  tells('10.77.0.9');
  assert.ok(await hears('10.77.0.9'), 'nobody is heard any more');
  assert.deepEqual(
    listener.commands.map(([program]) => program),
    [join(folder, 'ip')],
    'what it runs now',
  );
  stop();
  assert.ok(await comesTrue(() => processesWith(folder).length === 0, 5000), 'R13: something is left');
});

test('listening anew takes the place of what was left, and captures again once tcpdump is back', async (t) => {
  const { machine, folder, tcpdump, putTcpdump, tells } = tools(t);
  const { listener, listen, hears, stop } = listenTo(t, machine);
  assert.equal((await listen())?.code, 'tool-missing');
  putTcpdump();
  const again = listen();
  assert.ok(await comesTrue(() => processesWith(tcpdump).length > 0 && listener.commands.length === 2, 5000));
  tells('10.77.0.10');
  assert.ok(await hears('10.77.0.10'));
  assert.equal(processesWith(join(folder, 'table')).length, 1, 'the table is followed once');
  stop();
  assert.equal(await again, null);
  assert.ok(await comesTrue(() => processesWith(folder).length === 0, 2000), 'R13: something is left');
});

test('a program called tcpdump that is none is given up after some tries, and the neighbour table is followed on', async (t) => {
  const { machine, putTcpdump, tells } = tools(t);
  putTcpdump('exit 1');
  const { listen, hears } = listenTo(t, machine, { speed: 200 });
  const cause = await listen();
  assert.equal(cause?.code, 'tool-failed');
  assert.match(cause.text, /^listening on va: tcpdump ended: exit code 1; going on with/);
  tells('10.77.0.11');
  assert.ok(await hears('10.77.0.11'));
});

test('one interface that cannot be captured takes nothing from the other', async (t) => {
  const { machine, tcpdump, putTcpdump } = tools(t);
  putTcpdump(`[ "$2" = vb ] || exit 127\nexec tail -n 0 -f ${tcpdump}`);
  const { listener, listen } = listenTo(t, machine, { ifaces: ['va', 'vb'] });
  const cause = await listen();
  assert.match(String(cause?.text), /^listening on va: .*; going on with vb and the kernel's neighbour table$/);
  assert.deepEqual(
    listener.commands.map((words) => words.includes('vb')),
    [true, false],
  );
});

test('nobody is to be heard on a loopback: nothing is started for it', async () => {
  const machine = fakeMachine({ links: [[LOOPBACK, link('va', ['10.77.0.1/24'])]] });
  const listener = createListener({ clock, machine });
  // Only the neighbour table is left, for which ip is missing.
  assert.match(String((await listener.listen(ears('lo'), forever))?.text), /neighbour table/);
});

test('stopped before it began, it listens to nothing', async () => {
  const listener = createListener({ clock, machine: fakeMachine() });
  assert.equal(await listener.listen(ears(), AbortSignal.abort()), null);
  assert.deepEqual(listener.count, { heard: 0, told: 0, passed: 0, malformed: 0, dropped: 0 });
});
