import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orFault, parseQuietWindow } from '../../src/core/index.ts';
import { HOUR, MINUTE } from '../make/device.ts';
import { type AlertHouse, alertHouse } from './alert-house.ts';
import { channel } from './recording-channels.ts';

/** One newcomer each minute, each in a commit of its own. */
async function newcomers({ made, set }: AlertHouse, count: number): Promise<void> {
  for (let here = 2; here <= count + 1; here++) {
    set(...Array.from({ length: here }, (_, i) => i + 1));
    await made.clock.pass(MINUTE);
  }
}

/** What became of each change that was told: the last sentence about each of these channels. */
async function fates({ made }: AlertHouse, sink: string): Promise<string[]> {
  const changes = await made.store.changes({ kinds: ['device.appeared'], limit: 100 });
  const whys = await Promise.all(changes.map(({ seq }) => made.keeper.whyChange(seq)));
  return whys.map(({ steps }) => steps.filter(({ text }) => text.includes(` to ${sink} `)).at(-1)?.text ?? 'nobody knows');
}

test('why says what became of a message that tells of several incidents', async () => {
  const house = await alertHouse({ channels: [channel('phone', { kind: 'pager' }), channel('mail')] });
  await newcomers(house, 8);
  await house.made.clock.pass(HOUR);
  for (const sink of ['phone', 'mail']) for (const fate of await fates(house, sink)) assert.match(fate, / was delivered/);
  const { keeper } = house.made;
  for (const { id } of await keeper.incidents({ limit: 100 })) {
    const told = await keeper.notifications({ incident: id, limit: 100 });
    assert.deepEqual(new Set(told.map((row) => row.channel)), new Set(['phone', 'mail']), `incident ${id}`);
    assert.deepEqual(
      told,
      told.toSorted((a, b) => b.id - a.id),
      'newest first, each once',
    );
    assert.equal(new Set(told).size, told.length);
  }
  await house.made.end();
});

test('why follows what was held back into its digest, and what one channel gave up to its fallback', async () => {
  const house = await alertHouse({
    channels: [channel('phone', { fallback: 'mail' }), channel('mail', { usual: false })],
    alerts: { quiet: [orFault(parseQuietWindow('10:00-12:00'))], zone: 'UTC' },
  });
  const { made, sinks } = house;
  sinks.answers.set('phone', () => ({ reason: 'it answered 401', again: false }));
  await made.clock.pass(2 * HOUR + MINUTE);
  await newcomers(house, 5);
  await made.clock.pass(4 * HOUR);
  const told = await fates(house, 'mail');
  for (const fate of told) assert.match(fate, / was delivered/);
  assert.equal(new Set(told.slice(-5)).size, 1, 'all of them by one digest, which the fallback tells');
  assert.match((await fates(house, 'phone')).at(-1) ?? '', /\(digest\) to phone is dead/);
  await made.end();
});
