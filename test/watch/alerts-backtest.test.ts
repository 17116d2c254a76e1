import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orFault, parseQuietWindow, type RuleDraft } from '../../src/core/index.ts';
import { HOUR, MINUTE } from '../make/device.ts';
import { alertHouse, NEWCOMERS, rule } from './alert-house.ts';
import { channel, type RecordingChannels } from './recording-channels.ts';
import { declared, every, LAN, watching } from './stand.ts';

const DAY = 24 * HOUR;

/** What came to a sink, as what can be compared with a rehearsal: of which kind, about which changes. */
const sent = (sinks: RecordingChannels, sink: string): string[] =>
  sinks
    .to(sink)
    .map(
      ({ message: { alert, subject } }) => `${alert?.kind} ${(alert?.lines ?? []).map(({ seq }) => seq).join(',')} ${subject.length > 0}`,
    );

/** A week in which somebody comes and goes, newcomers come by night, and much leaves at once. */
async function week(house: Awaited<ReturnType<typeof alertHouse>>): Promise<void> {
  const { made, set } = house;
  const residents = [1, 2, 3, 4, 5, 6];
  for (let day = 0; day < 7; day++) {
    set(...residents, 10 + day);
    await made.clock.pass(9 * HOUR);
    set(...residents.slice(0, day % 3 === 0 ? 2 : 5));
    await made.clock.pass(8 * HOUR);
    set(...residents, 30 + day, 31 + day);
    await made.clock.pass(7 * HOUR);
  }
}

test('a rehearsal of a recorded week tells just what was really sent in it', async () => {
  const nights = [orFault(parseQuietWindow('22:00-07:00'))];
  const comings = rule({ name: 'comings', on: ['device.left', 'device.returned'], to: ['phone'], cooldown: 2 * HOUR, remind: 3 * HOUR });
  const others = rule({ name: 'others', on: ['device.appeared'], to: ['mail'], where: 'ip:10.0.0.30-10.0.0.60', resolved: false });
  const house = await alertHouse({
    rules: [comings, others],
    channels: [channel('phone', { kind: 'pager' }), channel('mail')],
    alerts: { quiet: nights },
    hosts: [1, 2],
    config: watching(declared(LAN, every(15 * MINUTE))),
  });
  const { made, sinks } = house;
  const since = made.clock.now();
  await week(house);
  assert.ok(sinks.to('phone').length > 10 && sinks.to('mail').length > 3);
  for (const [name, sink] of [
    ['comings', 'phone'],
    ['others', 'mail'],
  ] as const) {
    const told = await made.keeper.testRule(name, { since, until: null });
    const rehearsed = told.sent.map(({ kind, lines, title }) => `${kind} ${lines.map(({ seq }) => seq).join(',')} ${title.length > 0}`);
    assert.deepEqual(rehearsed, sent(sinks, sink), name);
    const moments = told.sent.map(({ dueAt }, i) => Math.abs(dueAt - (sinks.to(sink)[i]?.at ?? 0)));
    assert.ok(Math.max(...moments) <= 2 * MINUTE, 'at about the moments at which it was');
    assert.equal(told.cut, false);
    assert.ok(told.asked > 0 && told.verdicts.every(({ example, count }) => example !== '' && count > 0));
  }
  const before = await made.store.notifications({ site: 'home', limit: 1 });
  await made.keeper.testRule('comings', { since, until: null });
  assert.deepEqual(await made.store.notifications({ site: 'home', limit: 1 }), before, 'nothing is stored by it');
  await made.end();
});

test('a rule is rehearsed before it is made, by devices as they were then, also where there is no channel yet', async () => {
  const { made, sinks, set } = await alertHouse({ rules: [], channels: [], hosts: [1, 2] });
  const { keeper, clock } = made;
  const since = clock.now();
  await clock.pass(HOUR);
  await keeper.editDevices([2], { owner: 'Anna', groups: { add: ['family'] }, type: 'phone' });
  set(1);
  await clock.pass(2 * HOUR);
  await keeper.editDevices([2], { groups: { drop: ['family'] } });
  const drafts: [Partial<RuleDraft>, number][] = [
    [{ on: ['device.left'], where: 'group:family' }, 1],
    [{ on: ['device.left'], where: 'group:iot' }, 0],
    [{ on: ['device.left'], who: ['anna'] }, 1],
    [{ on: ['device.left'], who: ['group:family'] }, 1],
    [{ on: ['person.left'], who: ['Anna'] }, 1],
    [{ on: ['device.appeared'], home: ['anna'] }, 0],
    [{ on: ['device.left'], away: ['anna'] }, 1],
    [{ on: ['device.left'], drift: true }, 0],
  ];
  for (const [part, count] of drafts) {
    const draft = { name: 'idea', on: [], ...part } as RuleDraft;
    const told = await keeper.testRule(draft, { since, until: null });
    assert.equal(told.sent.length, count, JSON.stringify(part));
  }
  assert.deepEqual([sinks.received, keeper.rules()], [[], []]);
  await assert.rejects(keeper.testRule('nobody', { since, until: null }), { code: 'not-found' });
  await assert.rejects(keeper.testRule({ name: 'idea', on: ['device.left'], where: 'colour:red' }, { since, until: null }), {
    code: 'bad-input',
  });
  await assert.rejects(keeper.testRule({ name: 'idea', on: ['device.left'] }, { since: clock.now() + DAY, until: null }), {
    code: 'bad-input',
  });
  await made.end();
});

test('a disabled rule is rehearsed as if it were not', async () => {
  const { made } = await alertHouse({ rules: [{ ...NEWCOMERS, enabled: false }], hosts: [1, 2, 3] });
  await made.clock.pass(10 * MINUTE);
  const told = await made.keeper.testRule('newcomers', { since: 0, until: null });
  assert.deepEqual([told.asked, told.sent.length], [3, 3]);
  await made.end();
});

test('a rule that would remind for ever is rehearsed up to a bound, which is said, and others get their turns meanwhile', async () => {
  const { made, set } = await alertHouse({ rules: [], hosts: [1, 2] });
  const { clock, keeper } = made;
  await clock.pass(HOUR);
  set(1);
  await clock.pass(2 * HOUR);
  clock.suspend(30 * DAY);
  let [turns, done] = [0, false];
  const others = async (): Promise<void> => {
    for (; !done; turns++) await new Promise(setImmediate);
  };
  const counting = others();
  const told = await keeper.testRule({ name: 'nagging', on: ['device.left'], remind: MINUTE }, { since: 0, until: null });
  done = true;
  await counting;
  assert.deepEqual([told.cut, told.sent.length], [true, 2000]);
  assert.ok(turns > 50, `${turns} turns`);
  await made.end();
});
