import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device, HOUR, MINUTE, mac, seen } from '../../test/make/device.ts';
import { rollWith, rules } from '../../test/make/story.ts';
import type { Change, Coverage, Device, Observation } from '../core/index.ts';
import { applyScan } from './apply-scan.ts';
import { holdLost, judgeOutage } from './outage.ts';
import { lookedAtBefore, lostSegments, NO_OUTAGE, type OutageState, recallOutage, withoutForgotten } from './outage-state.ts';
import { AT_REST } from './outage-unrest.ts';
import { leaversOf } from './presence-leavers.ts';
import type { Roll } from './roll.ts';

const lan = covering(['10.0.0.0/24']);
const segment = { target: '10.0.0.0/24', ranges: lan.addresses, cadence: MINUTE, gateways: ['10.0.0.1'] };
const host = (n: number): Observation => seen(`10.0.0.${n}`, n);
const hosts = (from: number, to: number): Observation[] => Array.from({ length: to - from + 1 }, (_, i) => host(from + i));
/** Devices that have answered an hour of looks. */
const known = (count: number, fields: Partial<Device> = {}): Device[] =>
  Array.from({ length: count }, (_, i) => ({
    ...device({ id: i + 1, at: [`10.0.0.${i + 1}`], macs: [{ mac: mac(i + 1), vendor: null }], rhythm: { silences: [0, 60] } }),
    ...fields,
  }));

/** Looks each minute; gives what was told and who left, by minute. */
class Watch {
  state: OutageState = NO_OUTAGE;
  roll: Roll;
  readonly window: number;
  readonly told: string[] = [];

  constructor(devices: readonly Device[], window = 2.9 * MINUTE) {
    this.roll = rollWith(...devices);
    this.window = window;
  }

  look(minute: number, observations: readonly Observation[], coverage: Coverage = lan): void {
    const at = AT + minute * MINUTE;
    const made = rules({ at, watchedSince: AT - HOUR, window: this.window });
    const asked = { observations, coverage, startedAt: at - 2000 };
    const judged = judgeOutage({ roll: this.roll, report: asked, rules: made, segments: [segment], state: this.state });
    this.state = judged.state;
    const held = holdLost({ roll: this.roll, report: asked, rules: made }, [segment], this.state);
    this.told.push(...judged.drafts.map(({ kind, after }) => `${minute} ${kind} ${String(after?.['text'])}`));
    for (const { id } of leaversOf(this.roll, held.report, held.rules)) this.told.push(`${minute} left ${id}`);
    this.roll = applyScan(this.roll, held.report, held.rules).roll;
  }

  looks(from: number, to: number, observations: readonly Observation[]): this {
    for (let minute = from; minute <= to; minute++) this.look(minute, observations);
    return this;
  }
}

test('R42: a segment that falls silent at once is one incident by the second look, and nobody leaves', () => {
  const watch = new Watch(known(20)).looks(1, 2, hosts(1, 20)).looks(3, 90, [host(1)]);
  assert.deepEqual(watch.told, [
    '4 segment.lost 19 of 20 devices of 10.0.0.0/24 fell silent at once; its gateway still answers: presence is frozen until half of them are back',
  ]);
  assert.equal(lostSegments(watch.state).get(segment.target)?.count, 19);
  watch.looks(91, 91, hosts(1, 20)).looks(92, 100, hosts(1, 20));
  assert.deepEqual(watch.told.slice(1), [
    '91 segment.restored 19 of the 19 devices of 10.0.0.0/24 that fell silent answer again; nobody is missing',
  ]);
});

test('R42: the rest is looked for again for a whole window after half of them are back', () => {
  const watch = new Watch(known(20))
    .looks(1, 2, hosts(1, 20))
    .looks(3, 30, [host(1)])
    .looks(31, 40, hosts(1, 17));
  assert.match(watch.told[1] ?? '', /^31 segment.restored 16 of the 19 .*; the other 3 are looked for again from now on$/);
  assert.deepEqual(watch.told.slice(2), ['34 left 18', '34 left 19', '34 left 20']);
});

test('one look that misses everybody is no incident, and makes nobody away even where the first miss counts', () => {
  const watch = new Watch(known(20), 0).looks(1, 2, hosts(1, 20)).looks(3, 3, []).looks(4, 6, hosts(1, 20));
  assert.deepEqual(watch.told, []);
});

test('a small home never trips: two phones of three devices leave together', () => {
  const watch = new Watch(known(3)).looks(1, 2, hosts(1, 3)).looks(3, 8, [host(1)]);
  assert.deepEqual(watch.told, ['5 left 2', '5 left 3']);
});

test('a few of many, or people who go home over half an hour, are no outage', () => {
  const few = new Watch(known(20)).looks(1, 2, hosts(1, 20)).looks(3, 8, hosts(1, 11));
  assert.equal(few.told.length, 9, 'nine of twenty are not most');
  const office = new Watch(known(30)).looks(1, 2, hosts(1, 30));
  for (let minute = 3; minute < 30; minute++) office.look(minute, hosts(1, 31 - minute));
  assert.ok(office.told.length > 20 && office.told.every((line) => / left /.test(line)));
});

test('sleepers that all sleep are no outage', () => {
  const watch = new Watch(known(20, { rhythm: { silences: [0, 10, 10, 20, 20] } }), 45 * MINUTE);
  watch.looks(1, 2, hosts(1, 20)).looks(3, 20, [host(1)]);
  assert.deepEqual(watch.told, []);
});

test('sleepers that were silent before are no part of what fell silent: they neither count nor hold it open', () => {
  const sleepy = { rhythm: { silences: [0, 10, 10, 20, 20] } };
  const mixed = known(20).map((one, i) => (i < 10 ? one : { ...one, ...sleepy }));
  const watch = new Watch(mixed, 45 * MINUTE)
    .looks(1, 1, hosts(1, 20))
    .looks(2, 5, hosts(1, 10))
    .looks(6, 8, [host(1)]);
  assert.match(watch.told[0] ?? '', /^7 segment.lost 9 of 10 devices /);
  watch.looks(9, 9, hosts(1, 10));
  assert.match(watch.told[1] ?? '', /^9 segment.restored 9 of the 9 devices .* nobody is missing$/);
});

test('what stays silent for three days while others there answer is given up, and leaves by the usual rules', () => {
  const watch = new Watch(known(8)).looks(1, 2, hosts(1, 8)).looks(3, 3 + 72 * 60 + 10, hosts(1, 3));
  assert.match(watch.told[0] ?? '', /^4 segment.lost 5 of 8/);
  assert.match(watch.told[1] ?? '', /segment.restored 5 of the 5 devices .* have kept quiet for three days/);
  assert.deepEqual(
    watch.told.slice(2).map((line) => line.replace(/^\d+ /, '')),
    ['left 4', 'left 5', 'left 6', 'left 7', 'left 8'],
  );
});

test('a segment in which nobody answers any more stays lost, however long', () => {
  const watch = new Watch(known(8)).looks(1, 2, hosts(1, 8)).looks(3, 5 * 24 * 60, []);
  assert.equal(watch.told.length, 1);
});

test('strangers that would all leave in one look are held too', () => {
  const watch = new Watch(known(20, { rhythm: null }), 10 * MINUTE).looks(1, 2, hosts(1, 20)).looks(3, 40, [host(1)]);
  assert.equal(watch.told.length, 1);
  assert.match(watch.told[0] ?? '', /^12 segment.lost 19 of 20/);
});

test('a scan of a corner of the segment says nothing about the rest', () => {
  const watch = new Watch(known(20)).looks(1, 2, hosts(1, 20)).looks(3, 3, [host(1)]);
  watch.look(3.5, [host(2)], covering(['10.0.0.2']));
  watch.look(4, [host(1), host(2)]);
  assert.equal(watch.told.length, 1, 'the second whole look tells');
});

test('a report that covers nothing changes nothing', () => {
  const watch = new Watch(known(20)).looks(1, 2, hosts(1, 20));
  const before = watch.state;
  watch.look(3, [], covering([]));
  assert.deepEqual(watch.state, before);
});

test('a new daemon knows from past changes which segments are lost, and since when', () => {
  const watch = new Watch(known(20)).looks(1, 2, hosts(1, 20));
  watch.looks(3, 3, [host(1)]);
  const made = rules({ at: AT + 4 * MINUTE, watchedSince: AT - HOUR });
  const { drafts, state } = judgeOutage({
    roll: watch.roll,
    report: { observations: [host(1)], coverage: lan, startedAt: AT + 4 * MINUTE - 2000 },
    rules: made,
    segments: [segment],
    state: watch.state,
  });
  const told: Pick<Change, 'kind' | 'after' | 'at'>[] = drafts.map(({ kind, after }) => ({ kind, after, at: AT + 4 * MINUTE }));
  assert.deepEqual(recallOutage(told).get(segment.target)?.loss, state.get(segment.target)?.loss);
  const over = recallOutage([...told, { kind: 'segment.restored', after: { target: segment.target }, at: AT + HOUR }]);
  assert.deepEqual(over.get(segment.target), {
    lookedAt: null,
    loss: null,
    restoredAt: AT + HOUR,
    givenUp: null,
    unrest: { ...AT_REST, outages: [AT + 4 * MINUTE] },
  });
  assert.equal(recallOutage([{ kind: 'segment.lost', after: { target: 5 }, at: AT }]).size, 0, 'what makes no sense is left out');
});

test('R42: what an access point that restarts every ten minutes breaks is told three times, as coming and going, and once when it is over', () => {
  const watch = new Watch(known(20)).looks(1, 2, hosts(1, 20));
  let minute = 3;
  for (let round = 0; round < 24 * 6; round++, minute += 10)
    watch.looks(minute, minute + 2, [host(1)]).looks(minute + 3, minute + 9, hosts(1, 20));
  assert.deepEqual(
    watch.told.map((line) => line.split(' ')[1]),
    [...Array.from({ length: 3 }, () => ['segment.lost', 'segment.restored']).flat(), 'segment.lost'],
  );
  assert.match(
    watch.told.at(-1) ?? '',
    /; it fell silent 4 times within six hours: more of that is held back until it has been whole for an hour$/,
  );
  watch.looks(minute, minute + 70, hosts(1, 20));
  assert.match(
    watch.told.at(-1) ?? '',
    /segment\.restored 10\.0\.0\.0\/24 has been whole for an hour, after .*; 140 more outages were held back$/,
  );
  assert.equal(watch.told.length, 8);
});

test('R42: a new daemon goes on holding back the outages of a segment that comes and goes', () => {
  const lost = { target: segment.target, lost: 19, of: 20, text: '' };
  const at = (hour: number): number => AT + hour * HOUR;
  const state = recallOutage([
    { kind: 'segment.lost', after: lost, at: at(0) },
    { kind: 'segment.restored', after: { target: segment.target }, at: at(0.2) },
    { kind: 'segment.lost', after: { ...lost, outages: 4 }, at: at(1) },
  ]);
  assert.deepEqual(state.get(segment.target)?.unrest, { outages: [at(0), at(1)], heldSince: at(1), held: 0, wholeSince: null });
  const over = recallOutage([
    { kind: 'segment.lost', after: { ...lost, outages: 4 }, at: at(1) },
    { kind: 'segment.restored', after: { target: segment.target }, at: at(2) },
  ]);
  assert.deepEqual(over.get(segment.target)?.unrest, { ...AT_REST, outages: [at(1)] });
});

test('R42: who is forgotten while lost is not said to answer again', () => {
  const watch = new Watch(known(13)).looks(1, 2, hosts(1, 13)).looks(3, 6, [host(1)]);
  const gone = [...watch.roll.devices.values()].filter(({ id }) => id > 7);
  watch.state = withoutForgotten(watch.state, [segment], gone);
  watch.roll = rollWith(...[...watch.roll.devices.values()].filter(({ id }) => id <= 7));
  watch.looks(7, 9, [host(1)]);
  assert.equal(watch.told.length, 1, 'the other six are still lost');
  watch.looks(10, 10, hosts(1, 4));
  assert.match(watch.told[1] ?? '', /^10 segment.restored 3 of the 6 devices of .* answer again; the other 3 are looked for/);
  const alone = new Watch(known(13)).looks(1, 2, hosts(1, 13)).looks(3, 6, [host(1)]);
  alone.state = withoutForgotten(
    alone.state,
    [segment],
    [...alone.roll.devices.values()].filter(({ id }) => id > 1),
  );
  alone.roll = rollWith(...known(1));
  alone.looks(7, 7, [host(1)]);
  assert.match(alone.told[1] ?? '', /nobody that fell silent is on the roll any more$/);
});

test('R5: a stranger at the address of a lost device does not make it away', () => {
  const watch = new Watch(known(20)).looks(1, 2, hosts(1, 20)).looks(3, 4, [host(1)]);
  watch.looks(5, 60, [host(1), seen('10.0.0.7', 77)]);
  assert.deepEqual(
    watch.told.map((line) => line.split(' ')[1]),
    ['segment.lost'],
  );
});

test('R42: a new daemon that starts in an outage nobody told of freezes those who were lost in it, not those of the one that was told', () => {
  const watch = new Watch(known(20)).looks(1, 2, hosts(1, 20));
  let minute = 3;
  for (let round = 0; round < 5; round++, minute += 10)
    watch.looks(minute, minute + 2, [host(1)]).looks(minute + 3, minute + 9, hosts(1, 20));
  watch.looks(minute, minute + 3, [host(1)]);
  const lost = { target: segment.target, lost: 19, of: 20, text: '', since: new Date(AT + 33 * MINUTE - 2000).toISOString() };
  const recalled = recallOutage([{ kind: 'segment.lost', after: { ...lost, outages: 4 }, at: AT + 34 * MINUTE }]);
  watch.state = lookedAtBefore(recalled, [{ target: segment.target, at: AT + (minute + 3) * MINUTE - 2000 }]);
  const before = watch.told.length;
  watch.looks(minute + 4, minute + 60, [host(1)]);
  assert.deepEqual(watch.told.slice(before), [], 'nobody leaves');
});
