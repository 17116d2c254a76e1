import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fakeKeeper } from './fake-keeper.ts';
import { openDoor } from './open-door.ts';
import { json } from './operation-case.ts';

suite('what is refused about alerts', () => {
  const BAD: Record<string, readonly [method: string, path: string, body: object, message: RegExp]> = {
    'a kind that nobody has': [
      'POST',
      '/rules',
      { name: 'a', on: ['device.apeared'] },
      /^reading on\.0: "device\.apeared" is no kind of change$/,
    ],
    'a pattern that fits nothing': ['POST', '/rules', { name: 'a', on: ['frob.*'] }, /^reading on\.0: "frob\.\*" is no kind/],
    'a pattern of another language': ['POST', '/rules', { name: 'a', on: ['(a+)+$'] }, /^reading on\.0: "\(a\+\)\+\$" is no kind/],
    'a kind of the prototype': ['POST', '/rules', { name: 'a', on: ['__proto__'] }, /^reading on\.0: "__proto__" is no kind/],
    'no kind at all': ['POST', '/rules', { name: 'a', on: [] }, /^reading on: it names no kind/],
    'too many kinds': ['POST', '/rules', { name: 'a', on: Array.from({ length: 101 }, () => 'x') }, /^reading on of 101: /],
    'a name with a line break': ['POST', '/rules', { name: 'a\nb', on: ['*'] }, /^reading name "a\\nb": it is no name/],
    'a name of a path': ['POST', '/rules', { name: '../../etc', on: ['*'] }, /^reading name "..\/..\/etc": it is no name/],
    'a name of the prototype': ['POST', '/rules', { name: '__proto__', on: ['*'] }, /it is no name/],
    'a name without end': ['POST', '/rules', { name: 'a'.repeat(61), on: ['*'] }, /it is no name/],
    'a length without a unit': ['POST', '/rules', { name: 'a', on: ['*'], cooldown: '90' }, /^reading cooldown: "90" is not a length/],
    'a reminder each moment': ['POST', '/rules', { name: 'a', on: ['*'], remind: '0s' }, /^reading remind: "0s" is shorter than 60 s/],
    'an escalation to nobody': ['POST', '/rules', { name: 'a', on: ['*'], escalate: { after: '1h' } }, /^reading escalate\.to: /],
    'a day no week has': ['POST', '/rules', { name: 'a', on: ['*'], during: ['Foo 08:00-09:00'] }, /names a day no week has/],
    'a channel with blanks': ['POST', '/rules', { name: 'a', on: ['*'], to: ['my phone'] }, /^reading to\.0 "my phone": /],
    'an urgency nobody has': ['POST', '/rules', { name: 'a', on: ['*'], urgency: 'panic' }, /^reading urgency "panic": /],
    'a word nobody knows': ['POST', '/rules', { name: 'a', on: ['*'], exec: 'rm -rf /' }, /unrecognized key/],
    'a test of two rules': ['POST', '/rules/test', { name: 'a', rule: { name: 'b', on: ['*'] }, since: '1d' }, /which one is not clear/],
    'a test of no rule': ['POST', '/rules/test', { since: '1d' }, /which one is not clear/],
    'a test since a time that is none': ['POST', '/rules/test', { name: 'a', since: 'once' }, /^reading moment "once": /],
    'a channel without kind': ['POST', '/channels', { name: 'a', options: {} }, /^reading kind: /],
    'a ceiling below nothing': ['POST', '/channels', { name: 'a', kind: 'x', options: {}, ceiling: -1 }, /^reading ceiling -1: /],
    'a thousand options': [
      'POST',
      '/channels',
      { name: 'a', kind: 'x', options: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, 1])) },
      /^reading options: there are more than 100 options/,
    ],
    'a mute of a kind that nobody has': [
      'POST',
      '/mutes',
      { kinds: ['port.opend'], until: '1h' },
      /^reading kinds: "port\.opend" is no kind/,
    ],
    'somebody at home and away': [
      'POST',
      '/rules',
      { name: 'a', on: ['*'], home: ['anna'], away: ['anna'] },
      /^reading away: "anna" cannot be/,
    ],
    'somebody who is no name': ['POST', '/rules', { name: 'a', on: ['*'], who: ['a\u202eb'] }, /^reading who\.0: /],
    'a channel that is its own fallback': [
      'POST',
      '/channels',
      { name: 'a', kind: 'x', options: {}, fallback: 'a' },
      /^reading fallback: /,
    ],
    'a mute of everything for ever': ['POST', '/mutes', { why: 'x' }, /^muting everything: it would never end/],
    'maintenance for ever': ['POST', '/mutes', { kind: 'maintenance', rule: 'a' }, /^keeping maintenance: it would never end/],
    'a reason of several lines': ['POST', '/mutes', { rule: 'a', why: 'a\u001b[2J\nb' }, /^reading why .*: it is more than a line/],
    'an end that is no time': ['POST', '/mutes', { rule: 'a', until: 'soon' }, /^reading moment "soon": /],
    'a mute that is no number': ['DELETE', '/mutes/x', {}, /^reading id "x": /],
    'an incident that is no number': ['GET', '/incidents/-1', {}, /^reading id "-1": /],
    'no incident at all': ['POST', '/incidents/acknowledge', { ids: [] }, /^reading ids/],
    'incidents of another word': ['POST', '/incidents/acknowledge', { ids: 'all' }, /^reading ids "all": /],
    'a state nobody has': ['GET', '/notifications?state=lost', {}, /^reading state "lost": /],
    'nothing to send anew': ['POST', '/notifications/resend', {}, /which ones is not clear/],
    'both to send anew': ['POST', '/notifications/resend', { ids: [1], dead: true }, /which ones is not clear/],
    'one to send anew, of a channel': ['POST', '/notifications/resend', { ids: [1], channel: 'a' }, /which ones is not clear/],
  };
  for (const [situation, [method, path, body, message]] of Object.entries(BAD)) {
    test(`${situation} is named, and the keeper is not asked`, async () => {
      await using open = await openDoor({ keeper: fakeKeeper({ channels: async () => [] }) });
      const reply = await open.ask(`/api/v1${path}`, method === 'POST' ? json(method, body) : { method });
      assert.deepEqual([reply.status, reply.json.code], [400, 'bad-input'], reply.text);
      assert.match(reply.json.message, message);
      assert.ok(reply.json.remedy.length > 0);
      assert.deepEqual(open.failures, []);
    });
  }

  test('ten megabytes of options are not even read', async () => {
    await using open = await openDoor({ keeper: fakeKeeper() });
    const body = JSON.stringify({ name: 'a', kind: 'webhook', options: { template: 'x'.repeat(10_000_000) } });
    assert.equal((await open.ask('/api/v1/channels', { ...json('POST', {}), body })).status, 413);
    assert.deepEqual(open.failures, []);
  });

  test('whoever has no token hears nothing and sends nothing', async () => {
    await using open = await openDoor({ keeper: fakeKeeper() });
    for (const path of ['/rules', '/channels', '/channels/kinds', '/mutes', '/incidents', '/notifications'])
      assert.equal((await open.ask(`/api/v1${path}`, { bare: true })).status, 401);
    assert.equal((await open.ask('/api/v1/channels/phone/test', { bare: true, method: 'POST' })).status, 401);
  });
});
