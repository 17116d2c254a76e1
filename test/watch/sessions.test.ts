import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, HOUR, MINUTE, seen } from '../make/device.ts';
import { declared, every, LAN, type Stand, stand, watching } from './stand.ts';

const DAY = 24 * HOUR;

/** "present 0..60" in minutes from the beginning. */
async function sessions({ keeper }: Stand, device: number, since = AT, until = AT + 999 * DAY): Promise<string[]> {
  const meant = keeper.findDevice(String(device));
  const told = await keeper.sessionsOf(meant, { since, until });
  // Asked with all others it is the same.
  const many = await keeper.sessionsOfMany(keeper.roll().devices, { since, until });
  assert.deepEqual(many.get(meant.id), told);
  const minutes = (at: number | null): string => (at === null ? '' : String(Math.round((at - AT) / MINUTE)));
  return told.map(({ presence, from, to }) => `${presence} ${minutes(from)}..${minutes(to)}`);
}

test('comings and goings are sessions, the last one open; the time asked for cuts them', async () => {
  let hosts = [seen('10.0.0.1', 1), seen('10.0.0.2', 2)];
  const home = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts }) });
  await home.clock.pass(60 * MINUTE);
  hosts = [seen('10.0.0.1', 1)];
  await home.clock.pass(120 * MINUTE);
  hosts = [seen('10.0.0.1', 1), seen('10.0.0.2', 2)];
  await home.clock.pass(60 * MINUTE);
  const [here, gone, back] = await sessions(home, 2);
  assert.match(here ?? '', /^present [01]\.\.1\d\d$/);
  assert.match(gone ?? '', /^away 1\d\d\.\.18[0-2]$/);
  assert.match(back ?? '', /^present 18[0-2]\.\.$/);
  assert.deepEqual(await sessions(home, 2, AT + 20 * MINUTE, AT + 30 * MINUTE), ['present 20..30']);
  assert.deepEqual(await sessions(home, 2, AT - DAY, AT - HOUR), [], 'nothing is known of the time before');
  const since = await home.keeper.presenceSince();
  assert.equal(Math.round(((since.get(2) ?? 0) - AT) / MINUTE), Number(/\d+/.exec(back ?? '')?.[0]));
  assert.ok((since.get(1) ?? 0) < AT + MINUTE);
  await home.end();
});

test('R34: who was there when nobody looked any more is unknown from then on, and the time is no absence', async () => {
  const script = () => ({ hosts: [seen('10.0.0.1', 1)] });
  const home = await stand({ config: watching(declared(LAN, every(MINUTE))), script });
  await home.clock.pass(10 * MINUTE);
  await home.watcher.stop();
  const idle = await stand({ config: { self: { watch: false } }, store: home.store, clock: home.clock, idle: true });
  await home.clock.pass(5 * HOUR);
  const told = await sessions(idle, 1);
  assert.equal(told.length, 2);
  assert.match(told[0] ?? '', /^present 0\.\.\d+$/);
  assert.match(told[1] ?? '', /^unknown \d+\.\.$/);
  const began = (await idle.keeper.presenceSince()).get(1) ?? 0;
  assert.equal(`unknown ${Math.round((began - AT) / MINUTE)}..`, told[1], 'since when it is unknown is the same everywhere');
  await idle.watcher.stop();
});

/** A phone that takes another made-up hardware address on the second day. */
async function movedPhone(): Promise<Stand> {
  let phone = seen('10.0.0.5', 5);
  const home = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts: [seen('10.0.0.1', 1), phone] }) });
  await home.clock.pass(24 * HOUR);
  phone = seen('10.0.0.6', 6);
  await home.clock.pass(24 * HOUR);
  return home;
}

test('a phone that was here under one hardware address and then under another was here throughout, once they are merged', async () => {
  for (const { keep, absorb } of [
    { keep: 2, absorb: 3 },
    { keep: 3, absorb: 2 },
  ]) {
    const home = await movedPhone();
    assert.equal((await sessions(home, 2)).length, 2, 'as itself it went away');
    await home.keeper.mergeDevices({ keep, absorb: [absorb] });
    await home.clock.pass(HOUR);
    assert.deepEqual(await sessions(home, keep), ['present 0..']);
    assert.deepEqual(await sessions(home, absorb), ['present 0..'], 'by its old number it is the same');
    const since = (await home.keeper.presenceSince()).get(keep);
    assert.equal(since, await beginning(home, keep), 'since when it is here is the same everywhere');
    await home.end();
  }
});

async function beginning({ keeper }: Stand, device: number): Promise<number | undefined> {
  return (await keeper.sessionsOf(keeper.findDevice(String(device)), { since: 0, until: AT + 999 * DAY })).at(-1)?.from;
}

test('a merged device left when its whole did, and comes back with it', async () => {
  let hosts = [seen('10.0.0.1', 1), seen('10.0.0.5', 5), seen('10.0.0.6', 6)];
  const home = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts }) });
  await home.clock.pass(HOUR);
  await home.keeper.mergeDevices({ keep: 2, absorb: [3] });
  hosts = hosts.slice(0, 1);
  await home.clock.pass(3 * HOUR);
  const [here, gone, ...others] = await sessions(home, 3);
  assert.match(here ?? '', /^present 0\.\.\d+$/);
  assert.match(gone ?? '', /^away \d+\.\.$/);
  assert.deepEqual(others, []);
  await home.end();
});
