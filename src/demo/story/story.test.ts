import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isWithin, parseAddress } from '../../core/index.ts';
import { DAY } from '../world/habits.ts';
import { placeOf, rangeOf, World } from '../world/world.ts';
import { DAYS } from './calendar.ts';
import { type Story, tellStory } from './story.ts';
import { NET_KEYS, NETS, type Thing } from './thing.ts';

/** A Saturday, a Monday right after midnight, and New Year: stories end at any time. */
const ENDS = [Date.UTC(2026, 10, 28, 12, 30), Date.UTC(2026, 10, 30, 0, 1), Date.UTC(2027, 0, 1, 23, 59)];

const told = (now: number, seed = 'one'): Story => tellStory({ seed, now, logs: '/tmp/demo' });

const daysOf = ({ calendar }: Story) =>
  Array.from({ length: DAYS + 1 }, (_, nth) => {
    const midnight = calendar.first + nth * DAY;
    return { midnight, weekday: new Date(midnight).getDay() };
  });

const momentsOf = (story: Story) => daysOf(story).flatMap((day) => story.on(day));

const twice = (values: readonly (string | null)[]): (string | null)[] =>
  values.filter((value, i) => value !== null && values.indexOf(value) !== i);

describe('the story of a demo', () => {
  const { things } = told(ENDS[0] as number);

  test('gives no two things one key, one card, or one place in a network', () => {
    assert.deepEqual(twice(things.map(({ key }) => key)), []);
    assert.deepEqual(twice(things.map(({ mac }) => mac)), []);
    assert.deepEqual(twice(things.map(({ net, host }) => `${net} ${host}`)), []);
  });

  test('has only addresses of private networks, and none that a network keeps for itself', () => {
    for (const { host, key } of things) assert.ok(host >= 1 && host <= 254, key);
    for (const net of NET_KEYS) assert.match(NETS[net].block, /^(?:192\.168\.|10\.)/);
  });

  test('hides cards behind a router, and shows all others as hardware addresses of one machine', () => {
    const isHidden = ({ net }: Thing): boolean => NETS[net].routed;
    for (const thing of things) {
      if (isHidden(thing)) assert.equal(thing.mac, null, thing.key);
      else assert.match(thing.mac ?? '', /^(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$/, thing.key);
      const [first = 0] = (thing.mac ?? '00').split(':').map((part) => Number.parseInt(part, 16));
      assert.equal(first & 1, 0, `${thing.key} would be a group`);
    }
  });

  test('puts a router first into each network, that is always there', () => {
    for (const net of NET_KEYS.filter((key) => !NETS[key].routed)) {
      const router = things.find((thing) => thing.net === net && thing.host === 1);
      assert.equal(router?.habit.kind, 'always');
    }
  });

  for (const now of ENDS) {
    test(`lets nothing happen to a thing that is not in it, ending ${new Date(now).toISOString()}`, () => {
      const story = told(now);
      const world = new World(story.things);
      for (const { deed } of momentsOf(story).sort((a, b) => a.at - b.at)) world.apply(deed);
      for (const net of NET_KEYS) assert.equal(world.stateOf(net), 'well', 'every outage ends');
      for (const one of world.all) assert.ok(isWithin([rangeOf(one.thing.net)], placeOf(one)), one.thing.key);
    });

    test(`lets each moment happen on one day only, ending ${new Date(now).toISOString()}`, () => {
      const story = told(now);
      for (const day of daysOf(story))
        for (const { at } of story.on(day)) assert.ok(at >= day.midnight && at < day.midnight + DAY, new Date(at).toISOString());
    });

    test(`says things in the order of time, and none of them later than its end, ${new Date(now).toISOString()}`, () => {
      const { sayings, calendar } = told(now);
      assert.deepEqual(
        sayings.map(({ at }) => at),
        sayings.map(({ at }) => at).toSorted((a, b) => a - b),
      );
      for (const { at, word } of sayings) assert.ok(at >= calendar.first && at <= now, `${word.kind} at ${new Date(at).toISOString()}`);
    });
  }

  test('names in what is said only what is in it', () => {
    const keys = new Set(things.map(({ key }) => key));
    const channels = new Set<string>();
    for (const { word } of told(ENDS[0] as number).sayings) {
      if (word.kind === 'label') assert.ok(keys.has(word.thing), word.thing);
      if (word.kind === 'scan')
        for (const target of word.targets) assert.ok(parseAddress(target.split('/')[0] ?? '') !== undefined, target);
      if (word.kind === 'channel') channels.add(word.draft.name);
      if (word.kind === 'rule') for (const to of word.draft.to ?? []) assert.ok(channels.has(to), `${to} is there before it is told by`);
    }
  });

  test('writes to no channel but files in its own folder', () => {
    for (const { word } of told(ENDS[0] as number).sayings) {
      if (word.kind !== 'channel') continue;
      assert.equal(word.draft.kind, 'log');
      assert.match(String(word.draft.options['path']), /^\/tmp\/demo\/[a-z]+\.(?:log|jsonl)$/);
    }
  });

  test('is the same for the same seed, and another one for another', () => {
    const now = ENDS[0] as number;
    assert.deepEqual(momentsOf(told(now)), momentsOf(told(now)));
    assert.notDeepEqual(momentsOf(told(now)), momentsOf(told(now, 'two')));
    assert.deepEqual(told(now).things, told(now, 'two').things, 'the devices are the same ones');
  });

  test('lets whoever is switched on by hours be on and off once a day, in this order', () => {
    const story = told(ENDS[0] as number);
    const hours = story.things.filter(({ habit }) => habit.kind === 'hours' && habit.days.length === 5).map(({ key }) => key);
    assert.ok(hours.length >= 10, 'the office works by hours');
    for (const day of daysOf(story)) {
      const turns = story.on(day).toSorted((a, b) => a.at - b.at);
      for (const key of hours) {
        const own = turns.flatMap(({ deed }) =>
          'thing' in deed && deed.thing === key && ['comes', 'goes'].includes(deed.kind) ? [deed.kind] : [],
        );
        assert.deepEqual(
          own,
          day.weekday === 0 || day.weekday === 6 ? [] : ['comes', 'goes'],
          `${key} ${new Date(day.midnight).toDateString()}`,
        );
      }
    }
  });
});
