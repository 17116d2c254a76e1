import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import type { Store } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import { MINUTE } from '../make/device.ts';
import { folderFor } from '../store/folder.ts';
import { type AlertHouse, alertHouse, approving, type HouseWish, NEWCOMERS, rule } from './alert-house.ts';
import { type ManualClock, settle } from './manual-clock.ts';
import { channel } from './recording-channels.ts';

const ASKING = [
  NEWCOMERS,
  rule({ name: 'drifting', on: ['device.appeared'], drift: true, resolved: false }),
  rule({ name: 'strangers', on: ['device.appeared'], where: '-approved:yes', resolved: false }),
];
const MINE = { ...rule({ name: 'mine', on: ['device.left'] }), source: 'user' } as const;
const PAGER = { ...channel('pager'), source: 'user' } as const;
const EVENING = { kind: 'mute', rule: 'newcomers', kinds: [], where: null, from: null, until: null, why: null, by: null } as const;

/** A house whose store is a real file, into which anybody may write. */
interface Filed {
  readonly house: AlertHouse;
  readonly store: Store;
  /** Rows that a statement changed. */
  write(sql: string): number;
}

async function filed(t: TestContext, wish: HouseWish & { path?: string } = {}): Promise<Filed & { readonly path: string }> {
  const path = wish.path ?? join(folderFor(t), 'rollcall.db');
  const store = await openStore({ kind: 'sqlite', path });
  const house = await alertHouse({ rules: ASKING, hosts: [1], ...wish, store });
  await passing(house.made.clock, MINUTE);
  const write = (sql: string): number => {
    const file = new DatabaseSync(path);
    const { changes } = file.prepare(sql).run();
    file.close();
    return Number(changes);
  };
  return { house, store, path, write };
}

/** Time passes, and a real file takes as many turns as it needs. */
async function passing(clock: ManualClock, length: number): Promise<void> {
  for (let part = 0; part < 4; part++) {
    await clock.pass(length / 4);
    for (let turn = 0; turn < 10; turn++) await settle();
  }
}

async function ended({ made }: AlertHouse): Promise<void> {
  let stopped = false;
  const stopping = made.watcher.stop().then(() => (stopped = true));
  for (let part = 0; part < 10 && !stopped; part++) await passing(made.clock, 4000);
  assert.ok(stopped);
  await stopping;
}

/** What each rule said of the newest newcomer. */
async function saidOfNewest({ made }: AlertHouse): Promise<string[]> {
  const [newest] = await made.keeper.changes({ kinds: ['device.appeared'], newestFirst: true, limit: 1 });
  const verdict = await made.keeper.verdictOf(newest?.seq ?? 0);
  return (verdict?.rules ?? [])
    .map(({ rule: name, verdict: is, reason, text }) => `${name} ${is} ${reason === 'broken' ? text : reason}`)
    .sort();
}

const troublesOf = ({ made }: AlertHouse): readonly string[] => made.keeper.status().troubles;

for (const [how, damage] of [
  ['is cut off', 'permit = substr(permit, 1, 5)'],
  ['says something else', `permit = '{"kind":"service","protocol":"tcp"}'`],
  ['is of nobody', "subject = 'null'"],
] as const)
  test(`R24: of an approval that ${how} only what asks for drift knows nothing, and says so until it is mended`, async (t) => {
    const { house, write } = await filed(t);
    const { clock, keeper, log } = house.made;
    await keeper.approve(approving({ kind: 'target', target: null }));
    write('create table kept as select * from approval');
    assert.ok(write(`update approval set ${damage} where id = 1`) === 1);
    for (const hosts of [
      [1, 2],
      [1, 2, 3],
    ]) {
      house.set(...hosts);
      await passing(clock, 2 * MINUTE);
      const why = 'quiet the rule failed: drift is not known: reading approval 1 of the store: it is damaged';
      assert.deepEqual(await saidOfNewest(house), [`drifting ${why}`, 'newcomers tell first', `strangers ${why}`]);
    }
    const told = troublesOf(house).filter((text) => text.includes('approval 1'));
    assert.deepEqual(told, [
      'cannot tell drift from what was approved: reading approval 1 of the store: it is damaged; put back a copy with "rollcall restore"',
    ]);
    assert.equal(log.lines.filter((line) => line.includes('drift is not known')).length, 1, 'it is logged once');
    write('delete from approval');
    write('insert into approval select * from kept');
    house.set(1, 2, 3, 4);
    await passing(clock, 2 * MINUTE);
    assert.deepEqual(await saidOfNewest(house), ['drifting tell first', 'newcomers tell first', 'strangers tell first']);
    assert.deepEqual(troublesOf(house), []);
    await ended(house);
  });

test('R24: a change that cannot be read is passed over, and those around it are told', async (t) => {
  const { house, path, write } = await filed(t);
  await ended(house);
  const before = write("update change set after = '{\"addr' where seq = 1");
  assert.equal(before, 1);
  write('update alerting set judged = 0');
  write('delete from verdict');
  const { house: next, store } = await filed(t, { path, hosts: [1, 2], clock: house.made.clock });
  next.set(1, 2);
  await passing(next.made.clock, 2 * MINUTE);
  assert.equal((await store.verdictOf(1))?.rules[0]?.reason, 'broken');
  assert.deepEqual(await saidOfNewest(next), ['drifting quiet approved', 'newcomers tell first', 'strangers tell first']);
  assert.deepEqual(troublesOf(next), []);
  await ended(next);
});

for (const [what, how, damage] of [
  ['rule mine', 'is empty', "update alert_rule set body = '{}' where name = 'mine'"],
  ['rule mine', 'asks for a number', `update alert_rule set body = replace(body, '"on":[', '"on":[7,') where name = 'mine'`],
  ['channel pager', 'is nothing', "update alert_channel set body = 'null' where name = 'pager'"],
  ['mute 1', 'is cut off', 'update mute set body = substr(body, 1, 9)'],
  ['incident 1', 'is other bytes', "update incident set body = x'00ff' where id = 1"],
  ['notification 1', 'is no bytes', "update notification set body = x'', state = 0, ended_at = null where id = 1"],
] as const)
  test(`R24: ${what} that ${how} holds up nobody, and status names it`, async (t) => {
    const { house, path, write } = await filed(t);
    const { keeper } = house.made;
    await keeper.putRule(MINE);
    await keeper.mute(EVENING);
    await ended(house);
    write(`insert into alert_channel (site, name, body) values ('home', 'pager', '${JSON.stringify(PAGER)}')`);
    assert.equal(write(damage), 1);
    const { house: next } = await filed(t, { path, hosts: [1, 2], clock: house.made.clock });
    await passing(next.made.clock, 2 * MINUTE);
    const isMuted = what === 'mute 1' ? 'newcomers tell first' : 'newcomers quiet muted';
    assert.deepEqual(await saidOfNewest(next), ['drifting quiet approved', isMuted, 'strangers tell first']);
    const named = troublesOf(next).filter((text) => text.startsWith(`cannot read ${what} of the store: it is damaged`));
    assert.equal(named.length, 1, troublesOf(next).join('\n'));
    assert.equal(next.made.log.lines.filter((line) => line.includes('a row of the store is damaged')).length, 1);
    const [kind] = what.split(' ');
    const listed = {
      incident: () => next.made.keeper.incidents({ limit: 9 }),
      notification: () => next.made.keeper.notifications({ limit: 9 }),
    };
    if (kind === 'incident' || kind === 'notification')
      await assert.rejects(async () => listed[kind](), { message: `reading ${what} of the store: it is damaged`, code: 'unavailable' });
    if (what === 'rule mine') {
      await next.made.keeper.putRule(MINE);
      assert.deepEqual(troublesOf(next), [], 'made anew it is sound');
    }
    await ended(next);
  });

test('R24: a label that says nothing that people can say is no reason to stop', async (t) => {
  const { house, path, write } = await filed(t);
  await house.made.keeper.editDevices([1], { importance: 'high', type: 'phone', owner: 'Anna' });
  await ended(house);
  assert.ok(write("update span set value = 'x' where kind = 8") >= 3);
  const family = rule({ name: 'family', on: ['device.appeared'], away: ['anna'], where: 'importance:normal -owner:anna', resolved: false });
  const { house: next } = await filed(t, { path, hosts: [1, 2], clock: house.made.clock, rules: [...ASKING, family] });
  await passing(next.made.clock, 2 * MINUTE);
  assert.ok((await saidOfNewest(next)).includes('family tell first'));
  await ended(next);
});
