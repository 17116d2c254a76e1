import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beat, judge } from '../../src/rules/index.ts';
import { channel, DAY, happeningOf, mute, rule, windows } from '../make/alerts.ts';
import { AT, HOUR, MINUTE } from '../make/device.ts';
import { Stand } from './stand.ts';

const left = { kind: 'device.left', of: 7 } as const;

function textOf(stand: Stand, seq = 1): string {
  return (stand.verdicts.get(seq)?.rules ?? [])
    .map(({ rule: name, verdict, reason, text }) => `${name}: ${verdict} ${reason}: ${text}`)
    .join('\n');
}

const judged = (fields: Parameters<typeof rule>[0], happening = {}, others: ConstructorParameters<typeof Stand>[0] = {}): string =>
  textOf(new Stand({ ...others, terms: { ...others?.terms, rules: [rule(fields)] } }).at(0, { ...left, happening }).run(HOUR));

test('a change of which no rule asks has one verdict that says so', () => {
  const stand = new Stand({ terms: { rules: [rule({ on: ['port.opened'] })] } }).at(0, left).run();
  assert.deepEqual(stand.verdicts.get(1)?.rules, [
    { rule: null, verdict: 'quiet', reason: 'unasked', text: 'no rule asks for changes of this kind', incident: null },
  ]);
  assert.equal(stand.desk.judged, 1);
});

test('every condition that does not hold is the reason, in a sentence', () => {
  assert.equal(judged({ enabled: false }), 'left: quiet disabled: the rule is disabled');
  assert.equal(
    judged({ where: 'importance:high' }, { fits: () => false }),
    'left: quiet device: its device does not fit: the rule asks for importance:high',
  );
  assert.equal(judged({ drift: true }), 'left: quiet approved: nothing was approved that it could differ from');
  assert.equal(judged({ drift: true }, { drifting: false }), 'left: quiet approved: it is as it was approved');
  assert.equal(judged({ who: ['anna', 'group:family'] }, { about: ['bo'] }), 'left: quiet party: it is not about anna or group:family');
  assert.equal(judged({ home: ['anna'] }), 'left: quiet party: anna would have to be home, and nobody is');
  assert.equal(
    judged({ away: ['anna', 'bo'] }, { whereIs: (name: string) => (name === 'bo' ? 'home' : 'away') }),
    'left: quiet party: bo is home, and the rule is for when nobody is',
  );
  assert.equal(judged({ during: windows('22:00-06:00') }), 'left: quiet time: 2026-01-05 08:00 is outside of 22:00-06:00');
});

test('conditions that hold let it be told', () => {
  const fields = { where: 'x', drift: true, who: ['anna'], home: ['bo'], away: ['cy'], during: windows('Mon 07:00-09:00') };
  const whereIs = (name: string) => (name === 'bo' ? 'home' : 'unknown');
  assert.equal(judged(fields, { drifting: true, about: ['anna'], whereIs }), 'left: tell first: opens incident 1; tells mail');
});

test('a change of no device fits no filter', () => {
  const rules = [rule({ on: ['vantage.blind'], where: 'x' })];
  const stand = new Stand({ terms: { rules } }).at(0, { kind: 'vantage.blind', of: '10.0.0.0/24' }).run();
  assert.equal(textOf(stand), 'left: quiet device: it is about no device: the rule asks for x');
});

test('R50: a rule that throws is broken for itself; the others are asked all the same', () => {
  const fits = (): boolean => {
    throw new Error('no such key');
  };
  const stand = new Stand({ terms: { rules: [rule({ name: 'bad', where: 'x' }), rule()] } }).at(0, { ...left, happening: { fits } }).run();
  assert.equal(textOf(stand), 'bad: quiet broken: the rule failed: no such key\nleft: tell first: opens incident 1; tells mail');
});

test('R50: a mute that throws mutes nothing', () => {
  const fits = (): boolean => {
    throw new Error('no such key');
  };
  const others = { terms: { mutes: [mute({ where: 'x' })] } };
  assert.equal(judged({}, { fits }, others), 'left: tell first: opens incident 1; tells mail');
});

test('a mute keeps quiet, and says until when, by whom and why', () => {
  const others = { terms: { mutes: [mute({ until: AT + HOUR, by: 'anna', why: 'new switch' })] } };
  assert.equal(judged({}, {}, others), 'left: quiet muted: muted until 2026-01-05 09:00 by anna (mute 1): new switch');
});

test('a mute covers only what it names, and only while it is on', () => {
  const told = 'left: tell first: opens incident 1; tells mail';
  for (const fields of [{ rule: 'other' }, { kinds: ['port.opened' as const] }, { from: AT + 1 }, { until: AT }, { endedAt: AT }])
    assert.equal(judged({}, {}, { terms: { mutes: [mute(fields)] } }), told);
  assert.equal(judged({}, { fits: () => false }, { terms: { mutes: [mute({ where: 'x' })] } }), told);
});

test('where no channel takes it the incident is there, and the verdict says that nobody is told', () => {
  const stand = new Stand({ terms: { channels: [channel('mail', { usual: false })] } }).at(0, left).run();
  assert.equal(textOf(stand), 'left: tell first: opens incident 1; nobody is told: no channel takes the usual rules');
  assert.deepEqual([stand.incidents.size, stand.rows.size], [1, 0]);
});

test('the star means channels with the usual rules, and a name what it names', () => {
  const channels = [channel('mail'), channel('chat', { usual: false }), channel('log')];
  const stand = new Stand({ terms: { channels, rules: [rule({ to: ['chat', '*', 'mail', 'gone'] })] } }).at(0, left).run();
  assert.equal(textOf(stand), 'left: tell first: opens incident 1; tells chat, mail, log');
});

test('the same kind of change of the same subject cools down; another subject or kind does not', () => {
  const rules = [rule({ on: ['service.changed', 'port.opened'], cooldown: HOUR })];
  const stand = new Stand({ terms: { rules } })
    .at(0, { kind: 'service.changed', of: 7, port: 22 })
    .at(MINUTE, { kind: 'service.changed', of: 7, port: 22 })
    .at(
      2 * MINUTE,
      { kind: 'service.changed', of: 7, port: 80 },
      { kind: 'port.opened', of: 7, port: 22 },
      { kind: 'service.changed', of: 8, port: 22 },
    )
    .at(HOUR, { kind: 'service.changed', of: 7, port: 22 })
    .run();
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6].map((seq) => stand.verdict(seq)),
    ['tell first', 'quiet cooldown', 'tell first', 'tell joined', 'tell joined', 'tell first'],
  );
  assert.match(textOf(stand, 2), /the same was told of what happened at 2026-01-05 08:00; the rule leaves 1h between two/);
});

test('a cooldown lasts for a week, also over a new start', () => {
  for (const crashes of [() => false, () => true]) {
    const rules = [rule({ on: ['service.changed'], cooldown: 7 * DAY })];
    const changed = { kind: 'service.changed', of: 7, port: 22 } as const;
    const stand = new Stand({ terms: { rules }, crashes })
      .at(0, changed)
      .at(2 * DAY, changed)
      .at(7 * DAY - MINUTE, changed)
      .at(7 * DAY, changed)
      .run(8 * DAY);
    assert.deepEqual(
      [1, 2, 3, 4].map((seq) => stand.verdict(seq)),
      ['tell first', 'quiet cooldown', 'quiet cooldown', 'tell first'],
    );
  }
});

test('groups: by cause it is one scan, by subject one thing, by rule everything', () => {
  const counts = (['cause', 'subject', 'rule'] as const).map((group) => {
    const stand = new Stand({ terms: { rules: [rule({ on: ['service.changed'], group })] } });
    const [a, b] = [{ kind: 'service.changed', of: 1, port: 22 } as const, { kind: 'service.changed', of: 2, port: 22 } as const];
    return stand
      .at(0, a, b)
      .at(MINUTE, a)
      .at(2 * MINUTE, b)
      .run(HOUR).incidents.size;
  });
  assert.deepEqual(counts, [3, 2, 1]);
});

test('what goes on already does not begin again', () => {
  const rules = [rule({ on: ['vantage.blind'] })];
  const blind = { kind: 'vantage.blind', of: '10.0.0.0/24' } as const;
  const stand = new Stand({ terms: { rules } })
    .at(0, blind)
    .at(HOUR, blind)
    .at(2 * HOUR, { kind: 'vantage.restored', of: '10.0.0.0/24' })
    .run();
  assert.equal(stand.incidents.size, 1);
  assert.deepEqual(stand.told(), [
    'opened blind: 10.0.0.0/24: the cable is out',
    'joined blind: 10.0.0.0/24: the cable is out',
    'resolved over: seen again: 10.0.0.0/24',
  ]);
});

test('an incident of several is over when the last of it is', () => {
  const stand = new Stand();
  stand
    .at(0, { kind: 'device.left', of: 1 }, { kind: 'device.left', of: 2 })
    .at(HOUR, { kind: 'device.returned', of: 1 })
    .do(90 * MINUTE, () => assert.equal(stand.incidents.get(1)?.closedAt, null))
    .at(2 * HOUR, { kind: 'device.returned', of: 2 })
    .run();
  assert.match(textOf(stand, 3), /ends a part of incident 1; tells mail/);
  assert.match(textOf(stand, 4), /ends incident 1; tells mail/);
  assert.equal(stand.incidents.get(1)?.closedAt, AT + 2 * HOUR);
});

test('each end belongs to its own beginning', () => {
  const rules = [rule({ on: ['device.left', 'device.flapping', 'port.opened'] })];
  const stand = new Stand({ terms: { rules } })
    .at(0, { kind: 'device.left', of: 7 })
    .at(1, { kind: 'device.stable', of: 7 })
    .at(2, { kind: 'port.opened', of: 7, port: 22 })
    .at(3, { kind: 'port.closed', of: 7, port: 80 })
    .at(4, { kind: 'port.closed', of: 7, port: 22 })
    .at(5, { kind: 'device.returned', of: 8 })
    .run(HOUR);
  assert.deepEqual(
    [2, 4, 5, 6].map((seq) => stand.verdict(seq)),
    ['quiet unasked', 'quiet unasked', 'tell resolved', 'quiet unasked'],
  );
  assert.equal(stand.incidents.get(1)?.closedAt, null);
});

test('a rule that does not tell ends says so; one that asks for the end itself tells it', () => {
  const end = { kind: 'device.returned', of: 7 } as const;
  const silent = new Stand({ terms: { rules: [rule({ resolved: false })] } }).at(0, left).at(HOUR, end).run();
  assert.equal(textOf(silent, 2), 'left: quiet resolved: ends incident 1; its rule does not tell that something is over');
  assert.equal(silent.incidents.get(1)?.closedBy, 'over');
  const asks = new Stand({ terms: { rules: [rule({ on: ['device.left', 'device.returned'], resolved: false })] } })
    .at(0, end, left)
    .at(HOUR, end)
    .run();
  assert.deepEqual(
    [1, 2, 3].map((seq) => asks.verdict(seq)),
    ['tell first', 'tell joined', 'tell resolved'],
  );
});

test('with a device that is forgotten everything about it is over, without a word', () => {
  const rules = [rule({ on: ['device.left', 'port.opened'] })];
  const stand = new Stand({ terms: { rules } })
    .at(0, { kind: 'device.left', of: 7 }, { kind: 'port.opened', of: 7, port: 22 })
    .at(HOUR, { kind: 'device.forgotten', of: 7 })
    .run();
  assert.equal(stand.verdict(3), 'quiet resolved');
  assert.equal(stand.incidents.get(1)?.closedBy, 'over');
  assert.equal(stand.arrived.length, 1);
});

test('the incident of a rule that is gone is closed all the same', () => {
  const stand = new Stand().at(0, left);
  stand.do(MINUTE, () => {
    stand.terms = { ...stand.terms, rules: [] };
  });
  stand.at(HOUR, { kind: 'device.returned', of: 7 }).run();
  assert.equal(textOf(stand, 2), 'left: quiet disabled: ends incident 1; its rule does not exist any more');
  assert.equal(stand.incidents.get(1)?.closedBy, 'over');
});

test('what was judged is not judged again', () => {
  const stand = new Stand().at(0, left).run(HOUR);
  const again = happeningOf(left, { seq: 1, at: AT, scan: 1 });
  const { work } = judge(stand.desk, { happenings: [again], terms: stand.terms, now: stand.now });
  assert.deepEqual(work, { site: 'home', judged: null, verdicts: [], incidents: [], notifications: [] });
});

test('a step leaves the desk it began with as it was', () => {
  const stand = new Stand().at(0, left).run(HOUR);
  const before = structuredClone(stand.desk);
  const happenings = [happeningOf({ kind: 'device.returned', of: 7 }, { seq: 2, at: stand.now, scan: 2 })];
  judge(stand.desk, { happenings, terms: stand.terms, now: stand.now });
  beat(stand.desk, { terms: stand.terms, now: stand.now + 2 * DAY });
  assert.deepEqual(structuredClone(stand.desk), before);
});
