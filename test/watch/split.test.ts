import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Observation } from '../../src/core/index.ts';
import { HOUR, MINUTE, mac, seen } from '../make/device.ts';
import { declared, every, LAN, presence, type Stand, stand, told, watching } from './stand.ts';

/** Two devices that were merged after an hour, beside a printer; `answer` says who answers where from then on. */
async function pair(): Promise<{
  home: Stand;
  answer: (...hosts: readonly Observation[]) => Promise<void>;
  news: () => Promise<string[]>;
}> {
  let hosts: readonly Observation[] = [seen('10.0.0.1', 1), seen('10.0.0.2', 2), seen('10.0.0.20', 20)];
  const config = watching(declared(LAN, every(MINUTE)));
  const home = await stand({ config, script: () => ({ hosts: [...hosts] }) });
  await home.clock.pass(HOUR);
  await home.keeper.mergeDevices({ keep: 1, absorb: [2] });
  const answer = async (...now: readonly Observation[]): Promise<void> => {
    hosts = [...now, seen('10.0.0.20', 20)];
    await home.clock.pass(10 * MINUTE);
  };
  let before = 0;
  const news = async (): Promise<string[]> => {
    const all = await told(home);
    const fresh = all.slice(before);
    before = all.length;
    return fresh;
  };
  return { home, answer, news };
}

const places = ({ keeper }: Stand): string[] =>
  keeper
    .roll()
    .devices.filter(({ macs }) => macs[0]?.mac !== mac(20))
    .map(({ id, addresses }) => `${id} ${addresses.map(({ address }) => address).join(' ')}`);

test('split by hardware address, each device is where its own was seen last: no conflict, no move, no departure', async () => {
  const { home, answer, news } = await pair();
  await answer(seen('10.0.0.1', 1), seen('10.0.0.9', 2));
  await news();
  await home.keeper.splitDevice(1, [mac(2)]);
  assert.deepEqual(places(home), ['1 10.0.0.1', '2 10.0.0.9']);
  await home.clock.pass(MINUTE);
  assert.deepEqual(places(home), ['1 10.0.0.1', '2 10.0.0.9']);
  await home.clock.pass(5 * HOUR);
  assert.deepEqual(await news(), ['device.split 2']);
  assert.deepEqual(presence(home), ['1 present', '3 present', '2 present']);
  await home.end();
});

test('also when the one has taken the place that was the other one’s before they were merged', async () => {
  const { home, answer, news } = await pair();
  await answer(seen('10.0.0.2', 1), seen('10.0.0.9', 2));
  await news();
  await home.keeper.splitDevice(1, [mac(2)]);
  assert.deepEqual(places(home), ['1 10.0.0.2', '2 10.0.0.9']);
  await home.clock.pass(5 * HOUR);
  assert.deepEqual(await news(), ['device.split 2']);
  await home.end();
});

test('where nobody remembers whose an address is, as the keeper began anew, one sweep sets it right, without conflict or departure', async () => {
  const { home, answer, news } = await pair();
  await answer(seen('10.0.0.1', 1), seen('10.0.0.9', 2));
  await home.watcher.stop();
  const hosts = [seen('10.0.0.1', 1), seen('10.0.0.9', 2), seen('10.0.0.20', 20)];
  const config = watching(declared(LAN, every(MINUTE)));
  const idle = await stand({ config, store: home.store, clock: home.clock, idle: true });
  await news();
  await idle.keeper.splitDevice(1, [mac(2)]);
  await idle.watcher.stop();
  const next = await stand({ config, store: home.store, clock: home.clock, script: () => ({ hosts }) });
  await next.clock.pass(MINUTE);
  assert.deepEqual(places(next), ['1 10.0.0.1', '2 10.0.0.9']);
  await next.clock.pass(5 * HOUR);
  assert.ok(!(await news()).some((kind) => kind.startsWith('address.conflict') || kind.startsWith('device.left')));
  await next.end();
});
