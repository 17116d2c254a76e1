import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { HOUR, MINUTE } from '../make/device.ts';
import { type AlertHouse, alertHouse, rule } from '../watch/alert-house.ts';

const OWNER = { user: null, scopes: ['read', 'ack', 'edit', 'admin'] };
/** Goes on until somebody takes note of it, and is asked about again each hour. */
const GONE = rule({ name: 'gone', on: ['device.left'], group: 'subject', remind: HOUR });
/** Has no end of its own: to take note of it closes it. */
const NEW = rule({ name: 'new', on: ['device.appeared'], group: 'subject', remind: HOUR, resolved: false });

const takeBack = async ({ made: { keeper } }: AlertHouse) => keeper.undo(keeper.undoable(OWNER)[0]?.ref ?? '', OWNER);
const open = async ({ made: { keeper } }: AlertHouse) => (await keeper.incidents({ open: true, limit: 10 })).map(({ id }) => id);

async function withNewcomer(rules = [NEW]): Promise<AlertHouse> {
  const house = await alertHouse({ rules });
  await house.made.clock.pass(2 * MINUTE);
  house.set(1, 2);
  await house.made.clock.pass(2 * MINUTE);
  return house;
}

suite('taking back what was done about alerts', () => {
  test('an incident nobody took note of after all is open again, and people are reminded of it as they would have been', async () => {
    const house = await withNewcomer();
    const { keeper, clock } = house.made;
    const [before] = await keeper.incidents({ open: true, limit: 1 });
    assert.ok(before?.remindAt);
    await keeper.acknowledge([before.id], 'anna');
    const [noted] = await keeper.incidents({ ids: [before.id], limit: 1 });
    assert.deepEqual([noted?.acknowledged?.by, noted?.remindAt], ['anna', null]);
    const [deed] = keeper.undoable(OWNER);
    assert.deepEqual([deed?.operation, deed?.scope], ['incidents.acknowledge', 'ack']);
    await takeBack(house);
    const [after] = await keeper.incidents({ open: true, limit: 1 });
    assert.deepEqual([after?.id, after?.acknowledged, after?.closedBy, after?.remindAt], [before.id, null, null, before.remindAt]);
    const told = house.sinks.received.length;
    await clock.pass(HOUR + MINUTE);
    assert.ok(house.sinks.received.length > told, 'somebody is reminded');
    await keeper.acknowledge('open', 'bo');
    assert.equal((await keeper.incidents({ ids: [before.id], limit: 1 }))[0]?.acknowledged?.by, 'bo', 'it can be taken note of anew');
    await house.made.end();
  });

  test('what is about the same thing begins no second incident once it is open again', async () => {
    const house = await withNewcomer([NEW, GONE]);
    const { keeper, clock } = house.made;
    await keeper.acknowledge('open', null);
    await takeBack(house);
    const again = await open(house);
    house.set(1);
    await clock.pass(HOUR);
    house.set(1, 2);
    await clock.pass(10 * MINUTE);
    assert.ok((await open(house)).includes(again[0] ?? 0));
    await house.made.end();
  });

  test('an incident to which more came since is not taken back, nor one that another took the place of', async () => {
    const house = await withNewcomer([rule({ name: 'gone', on: ['device.left'], group: 'rule' })]);
    const { keeper, clock } = house.made;
    house.set(1);
    await clock.pass(HOUR);
    const [incident] = await open(house);
    assert.ok(incident, 'somebody left');
    await keeper.acknowledge([incident], 'anna');
    const deed = keeper.undoable(OWNER)[0]?.ref ?? '';
    await keeper.undo(deed, OWNER); // nothing came since
    await keeper.acknowledge([incident], 'anna');
    const second = keeper.undoable(OWNER)[0]?.ref ?? '';
    house.set(1, 2);
    await clock.pass(5 * MINUTE);
    const outcome = await keeper.undo(second, OWNER).catch((fault: Error) => fault.message);
    assert.match(String(outcome), /taking back what was done to incident \d+: it was changed since/);
    await house.made.end();
  });

  test('a channel that was dropped comes back with its secrets, which nobody is shown', async () => {
    const house = await alertHouse({ rules: [] });
    const { keeper, store } = house.made;
    await keeper.putChannel({ name: 'mine', kind: 'letter', options: { to: 'desk', password: 'very-secret' } });
    const [kept] = await store.alertChannels('home');
    await keeper.dropChannel('mine');
    assert.ok(!JSON.stringify(keeper.undoable(OWNER)).includes('very-secret'));
    assert.match(String((await takeBack(house)).note), /not sent by it any more/);
    assert.deepEqual(await store.alertChannels('home'), [kept]);
    await house.made.end();
  });
});
