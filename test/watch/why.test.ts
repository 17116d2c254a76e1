import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import type { Change } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import type { WhyStep } from '../../src/watch/index.ts';
import { HOUR, MINUTE, mac, name, port, seen, service } from '../make/device.ts';
import { declared, every, LAN, type Stand, stand, watching } from './stand.ts';

/** A store that keeps this text as the output of each scan that has any. */
async function writing(text: string) {
  const memory = await openStore({ kind: 'memory' });
  const raw = zstdCompressSync(Buffer.from(text));
  return { ...memory, rawOf: async (id: number) => ((await memory.rawOf(id)) === undefined ? undefined : raw) };
}

const OUTPUT = `10.0.0.5\t${mac(5)}\tACME\n10.0.0.6\t${mac(6)}\tACME\n`;
const PHONE = seen('10.0.0.5', 5, { names: [name('phone', 'mdns')], ports: [port(22, 'open', service('OpenSSH', { name: 'ssh' }))] });

async function house(text = OUTPUT): Promise<{ home: Stand; leave: () => void; move: () => void }> {
  let hosts = [PHONE, seen('10.0.0.6', 6)];
  const store = await writing(text);
  const home = await stand({ config: watching(declared(LAN, every(MINUTE))), store, script: () => ({ hosts }) });
  await home.clock.pass(10 * MINUTE);
  return {
    home,
    leave: () => void (hosts = [seen('10.0.0.6', 6)]),
    move: () => void (hosts = [{ ...PHONE, address: '10.0.0.7' }, seen('10.0.0.6', 6)]),
  };
}

const find = async ({ store }: Stand, kind: Change['kind']): Promise<Change> => {
  const change = (await store.changes({ limit: 1000 })).find((one) => one.kind === kind);
  assert.ok(change, `no ${kind} was told`);
  return change;
};

const told = (steps: readonly WhyStep[], kind: WhyStep['kind']): string[] =>
  steps.filter((one) => one.kind === kind).map(({ text }) => text);

test("an arrival is explained by its scan, the tool's own lines, and why it is somebody new", async () => {
  const { home } = await house();
  const { seq } = await find(home, 'device.appeared');
  const { change, steps, beside } = await home.keeper.whyChange(seq);
  assert.equal(change.device, 1);
  assert.deepEqual(told(steps, 'scan'), [`sweep of ${LAN} ended complete: 2 up of 256 asked`]);
  assert.deepEqual(steps[0]?.scan?.commands, [['script', 'sweep']]);
  assert.deepEqual(steps.find(({ kind }) => kind === 'lines')?.lines, [`10.0.0.5  ${mac(5)}  ACME`]);
  assert.deepEqual(told(steps, 'identity'), [
    `the host was taken for this device because nobody had the hardware address ${mac(5)} before: it is new`,
  ]);
  assert.deepEqual(beside, []);
  await home.end();
});

test('a move is explained by the hardware address that was known', async () => {
  const { home, move } = await house();
  move();
  await home.clock.pass(2 * MINUTE);
  home.reader.kept = { hosts: [{ observation: { ...PHONE, address: '10.0.0.7' }, scripts: [] }], scriptChoice: null, warnings: [] };
  const { steps } = await home.keeper.whyChange((await find(home, 'device.readdressed')).seq);
  assert.deepEqual(told(steps, 'identity'), [
    `the host at 10.0.0.7 was taken for this device because it has the hardware address ${mac(5)}, which is known of it`,
  ]);
  await home.end();
});

test('a departure is explained by who looked and missed it, the silence, and the tolerance with its origin', async () => {
  const { home, leave } = await house();
  await home.keeper.editDevices([1], { window: 20 * MINUTE });
  leave();
  await home.clock.pass(HOUR);
  const { steps } = await home.keeper.whyChange((await find(home, 'device.left')).seq);
  assert.deepEqual(told(steps, 'coverage'), [`sweep of ${LAN} asked 10.0.0.5, and it did not answer`]);
  assert.match(told(steps, 'belief')[0] ?? '', /^last seen, silent for \d+m.* by then$/);
  assert.deepEqual(told(steps, 'tolerance'), [
    'it may be missed for 20m by looks that cover it before it counts as away: somebody chose it for this device',
  ]);
  await home.end();
});

test('what is not kept any more is said plainly', async () => {
  const { home } = await house();
  const { seq, scan } = await find(home, 'device.appeared');
  const lost = { ...home.store, rawOf: async () => undefined };
  const other = await stand({ config: { self: { watch: false } }, store: lost, clock: home.clock, idle: true });
  assert.deepEqual(told((await other.keeper.whyChange(seq)).steps, 'lost'), [`what the tool of scan ${scan} wrote is not kept (any more)`]);
  const bare = { ...home.store, scan: async () => undefined };
  const third = await stand({ config: { self: { watch: false } }, store: bare, clock: home.clock, idle: true });
  assert.deepEqual(told((await third.keeper.whyChange(seq)).steps, 'lost'), [`scan ${scan} that found it is not kept any more`]);
  await assert.rejects(home.keeper.whyChange(999), /there is none of that number/);
  for (const one of [other, third]) await one.watcher.stop();
  await home.end();
});

test('a word of a person is explained as such, and needs no output', async () => {
  const { home } = await house();
  await home.keeper.editDevices([1], { alias: 'annas' });
  const { steps } = await home.keeper.whyChange((await find(home, 'device.edited')).seq);
  assert.deepEqual(
    steps.map(({ kind, text }) => [kind, text]),
    [
      ['scan', 'somebody said so: device set'],
      ['rule', 'no rule asks for changes of this kind'],
    ],
  );
  await home.end();
});

test('each thing that is believed of a device has its scan and its beginning; with all, also what was', async () => {
  const { home, move } = await house();
  await home.keeper.editDevices([1], { alias: 'annas', groups: { add: ['family'] } });
  const before = await home.keeper.whyDevice(home.keeper.findDevice('1'), false);
  const texts = before.steps.map(({ text }) => text);
  const by = ` by scan ${before.steps[0]?.scan?.id} (sweep of ${LAN}, script 1)`;
  for (const text of ['present', `hardware address ${mac(5)}`, 'address 10.0.0.5', 'name phone (mdns)', 'port tcp/22 open ssh OpenSSH'])
    assert.ok(texts.includes(`${text}${by}`), `${text} in ${texts.join('\n')}`);
  assert.ok(texts.includes('label alias annas, as somebody said (device set)'));
  assert.ok(texts.includes('label group family, as somebody said (device set)'));
  assert.equal(before.steps.find(({ text }) => text.startsWith('address'))?.lastSeen, home.keeper.findDevice('1').lastSeen);
  move();
  await home.clock.pass(2 * HOUR);
  const now = await home.keeper.whyDevice(home.keeper.findDevice('1'), false);
  assert.ok(!now.steps.some(({ text }) => text.startsWith('address 10.0.0.5 ')));
  const all = await home.keeper.whyDevice(home.keeper.findDevice('1'), true);
  assert.ok((all.steps.find(({ text }) => text.startsWith('address 10.0.0.5 '))?.until ?? 0) > 0);
  await home.end();
});

test('a device that is away says who missed it; one of which nobody can say, that nobody looked', async () => {
  const { home, leave } = await house();
  leave();
  await home.clock.pass(2 * HOUR);
  const { steps } = await home.keeper.whyDevice(home.keeper.findDevice('1'), false);
  assert.match(steps[0]?.text ?? '', /^away by scan \d+ /);
  assert.deepEqual(told(steps, 'coverage'), [`sweep of ${LAN} asked 10.0.0.5, and it did not answer`]);
  assert.equal(told(steps, 'tolerance').length, 1);
  await home.watcher.stop();
  const idle = await stand({ config: { self: { watch: false } }, store: home.store, clock: home.clock, idle: true });
  await home.clock.pass(5 * HOUR);
  const unknown = await idle.keeper.whyDevice(idle.keeper.findDevice('2'), false);
  assert.equal(unknown.steps[0]?.text, 'unknown: no look that covers it has told of it for too long');
  await idle.watcher.stop();
});
