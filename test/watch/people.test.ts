import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Observation } from '../../src/core/index.ts';
import { HOUR, MINUTE, seen } from '../make/device.ts';
import { declared, every, LAN, type Stand, stand, watching } from './stand.ts';

const PHONE = seen('10.0.0.5', 5);
const PRINTER = seen('10.0.0.20', 20);

interface House {
  readonly made: Stand;
  set(...hosts: Observation[]): void;
}

/** A house with a printer and a phone that is Anna's, in which only the phone comes and goes. */
async function house(): Promise<House> {
  let hosts: readonly Observation[] = [PHONE, PRINTER];
  const made = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts }) });
  await made.clock.pass(HOUR);
  const id = made.keeper.findDevice('10.0.0.5').id;
  await made.keeper.editDevices([id], { owner: 'Anna', type: 'phone', groups: { add: ['kids'] }, alias: 'annas-phone' });
  return { made, set: (...now) => void (hosts = now) };
}

const PEOPLE = ['person.arrived', 'person.left', 'group.first-arrived', 'group.last-left'] as const;
const told = async ({ store }: Stand) =>
  (await store.changes({ kinds: [...PEOPLE], limit: 100 })).map(({ kind, after }) => `${kind} ${String(after?.['name'])}`);

test('a person leaves by the tolerance of the phone, never by one missed look, and arrives with it at once', async () => {
  const { made, set } = await house();
  set(PRINTER);
  await made.clock.pass(2 * MINUTE);
  assert.deepEqual(await told(made), [], 'one missed look is no departure');
  await made.clock.pass(HOUR);
  assert.deepEqual(await told(made), ['person.left Anna', 'group.last-left kids']);
  const [left] = await made.store.changes({ kinds: ['device.left'], limit: 10 });
  const [person] = await made.store.changes({ kinds: ['person.left'], limit: 10 });
  assert.equal(person?.scan, left?.scan, 'both are told by the same look');
  set(PHONE, PRINTER);
  await made.clock.pass(MINUTE);
  assert.deepEqual(await told(made), ['person.left Anna', 'group.last-left kids', 'person.arrived Anna', 'group.first-arrived kids']);
  const [arrived] = await made.store.changes({ kinds: ['person.arrived'], limit: 10 });
  assert.deepEqual(arrived?.before, { is: 'away', since: new Date(left?.at ?? 0).toISOString() }, 'since the look that missed the phone');
  const first = (await made.store.spansOf(made.keeper.findDevice('annas-phone').id)).find(({ kind }) => kind === 'presence');
  assert.deepEqual(person?.before, { is: 'home', since: new Date(first?.from ?? 0).toISOString() });
  const [groupLeft, groupBack] = await made.store.changes({ kinds: ['group.last-left', 'group.first-arrived'], limit: 10 });
  assert.deepEqual([groupLeft?.before, groupBack?.before], [person?.before, arrived?.before], 'the same of a group');
  await made.end();
});

test('whose devices do not move is not told of', async () => {
  const { made, set } = await house();
  set(PHONE);
  await made.clock.pass(2 * HOUR);
  assert.equal(made.keeper.findDevice('10.0.0.20').presence, 'away');
  assert.deepEqual(await told(made), []);
  await made.end();
});

test('what is said of several devices is one change each in one commit, or nothing at all', async () => {
  const { made } = await house();
  const { keeper, store } = made;
  const ids = keeper.roll().devices.map(({ id }) => id);
  const before = await store.changes({ limit: 100 });
  await assert.rejects(keeper.editDevices([...ids, 99], { tags: { add: ['ok'] } }), { code: 'not-found' });
  await assert.rejects(keeper.editDevices(ids, { tags: { add: ['a:b'] } }), { code: 'bad-input' });
  assert.deepEqual(await store.changes({ limit: 100 }), before);
  await keeper.editDevices(ids, { tags: { add: ['ok'] } });
  const edits = (await store.changes({ limit: 100 })).slice(before.length);
  assert.deepEqual([edits.map(({ kind }) => kind), new Set(edits.map(({ scan }) => scan)).size], [['device.edited', 'device.edited'], 1]);
  const spans = await store.spansOf(ids[0] as number);
  assert.ok(
    spans.some(({ kind, key, to }) => kind === 'label' && key === 'tag:ok' && to === null),
    'it is a fact with a history',
  );
  await made.end();
});

test('who forgets the last device of a person that is here says that they left, in the same commit', async () => {
  const { made } = await house();
  const { id } = made.keeper.findDevice('10.0.0.5');
  await made.keeper.forgetDevices([id]);
  assert.deepEqual(await told(made), ['person.left Anna', 'group.last-left kids']);
  const [forgotten] = await made.store.changes({ kinds: ['device.forgotten'], limit: 1 });
  const [left] = await made.store.changes({ kinds: ['person.left'], limit: 1 });
  assert.equal(left?.scan, forgotten?.scan);
  await made.end();
});
