import assert from 'node:assert/strict';
import { mock, suite, test } from 'node:test';
import { CHANGE_KINDS, channelOf, ruleOf } from '../../src/core/index.ts';
import { AT, HOUR, MINUTE } from '../make/device.ts';
import { channel, incident, line, mute, NTFY, notification, rule, verdict } from '../make/stored-alerts.ts';
import { STANDING } from './alert-cases.ts';
import { change, fakeKeeper } from './fake-keeper.ts';
import { openDoor } from './open-door.ts';
import { json } from './operation-case.ts';

const CANARY = 'canary-of-the-test';

/** Tables in tables. */
const deep = (levels: number): object => (levels === 0 ? { in: CANARY } : { in: deep(levels - 1) });

suite('rules', () => {
  test('what stands as text reaches the keeper read: kinds, stretches of the week and lengths of time', async () => {
    const putRule = mock.fn(async (draft: Parameters<typeof ruleOf>[0]) => ruleOf(draft, 'user'));
    await using open = await openDoor({ keeper: fakeKeeper({ putRule }) });
    await open.client.rules.put({
      name: 'night',
      on: ['port.*', 'device.left', 'port.opened'],
      during: ['Mon-Fri 22:00-06:00'],
      cooldown: '90s',
      remind: null,
      escalate: { after: '1h30m', to: ['*', 'phone'] },
    });
    assert.deepEqual(putRule.mock.calls[0]?.arguments, [
      {
        name: 'night',
        on: ['device.left', 'port.opened', 'port.closed', 'port.filtered'],
        during: [{ text: 'Mon-Fri 22:00-06:00', days: [1, 2, 3, 4, 5], from: 1320, to: 360 }],
        cooldown: 90_000,
        remind: null,
        escalate: { after: 90 * MINUTE, to: ['*', 'phone'] },
      },
    ]);
    assert.deepEqual((await open.client.rules.put({ name: 'all', on: ['*'] })).on, [...CHANGE_KINDS]);
  });

  test('an edit keeps what it does not name, also of a rule that comes with the program', async () => {
    const known = rule({ name: 'new-device', where: '-tag:ok', remind: HOUR, to: ['phone'] }, 'usual');
    const putRule = mock.fn(async (draft: Parameters<typeof ruleOf>[0]) => ruleOf(draft, 'user'));
    await using open = await openDoor({ keeper: fakeKeeper({ rules: () => [known], putRule }) });
    await open.client.rules.edit({ name: 'new-device', enabled: false, remind: null });
    const { source: _, ...rest } = known;
    assert.deepEqual(putRule.mock.calls[0]?.arguments, [{ ...rest, enabled: false, remind: null }]);
    const reply = await open.ask('/api/v1/rules/new-devcie', json('PATCH', { enabled: false }));
    assert.deepEqual(reply.json, {
      code: 'not-found',
      message: 'finding rule "new-devcie": there is none',
      remedy: 'did you mean new-device?',
    });
    assert.equal(putRule.mock.callCount(), 1);
  });

  test('a backtest goes by name or with a rule that is not kept, from a moment to another or to now', async () => {
    const testRule = mock.fn(async () => ({ since: AT, until: AT, asked: 0, sent: [], verdicts: [], cut: true }));
    await using open = await openDoor({ keeper: fakeKeeper({ testRule }) });
    await open.client.rules.test({ name: 'night', since: '2026-01-05T08:00:00Z' });
    await open.client.rules.test({
      rule: { name: 'x', on: ['vantage.blind'] },
      since: '2026-01-05T08:00:00Z',
      until: '2026-01-05T09:00:00Z',
    });
    assert.deepEqual(
      testRule.mock.calls.map((call) => call.arguments),
      [
        ['night', { since: AT, until: null }],
        [
          { name: 'x', on: ['vantage.blind'] },
          { since: AT, until: AT + HOUR },
        ],
      ],
    );
  });
});

suite('channels', () => {
  test('S24: a secret goes in and never comes out, whatever the keeper gives back', async () => {
    const careless = { ...STANDING, setup: channel({ options: { topic: 'home', token: CANARY } }) };
    const stranger = { ...STANDING, setup: channel({ kind: 'gone', options: { anything: CANARY, nested: { deep: CANARY } } }) };
    const putChannel = mock.fn(async () => careless);
    const keeper = fakeKeeper({
      channelKinds: () => [NTFY],
      channels: async () => [careless, stranger],
      putChannel,
      dropChannel: async () => careless.setup,
    });
    await using open = await openDoor({ keeper });
    const put = await open.ask('/api/v1/channels', json('POST', { name: 'phone', kind: 'ntfy', options: { topic: 'a', token: CANARY } }));
    assert.deepEqual(putChannel.mock.calls[0]?.arguments, [{ name: 'phone', kind: 'ntfy', options: { topic: 'a', token: CANARY } }]);
    assert.deepEqual(put.json.options, { topic: 'home', token: '***' });
    const list = await open.ask('/api/v1/channels');
    assert.deepEqual(list.json[1].options, { anything: '***', nested: '***' });
    const dropped = await open.ask('/api/v1/channels/phone', { method: 'DELETE' });
    for (const { text } of [put, list, dropped]) assert.ok(!text.includes(CANARY), text);
  });

  test('S24: a secret in a request that is refused is not said back', async () => {
    await using open = await openDoor({ keeper: fakeKeeper({ channelKinds: () => [NTFY] }) });
    const ask = async (body: object) => {
      const reply = await open.ask('/api/v1/channels', json('POST', { name: 'phone', kind: 'ntfy', ...body }));
      assert.equal(reply.status, 400, reply.text);
      assert.ok(!reply.text.includes('canary'), reply.text);
      assert.match(reply.json.message, /^reading options/);
    };
    await ask({ options: CANARY });
    await ask({ options: { token: CANARY.repeat(5000) } });
    await ask({ options: { token: deep(9) } });
    await ask({ options: { token: Array.from({ length: 101 }, () => CANARY) } });
    await ask({ options: { 'to ken': CANARY } });
    assert.deepEqual(open.failures, []);
  });

  test('an edit keeps options it does not name; null takes one away, and stars go back as they came', async () => {
    const putChannel = mock.fn(async (draft: Parameters<typeof channelOf>[0]) => ({ ...STANDING, setup: channelOf(draft, 'user') }));
    const setup = channel({ options: { topic: 'home', token: '***', tags: 'x' }, quiet: null });
    const keeper = fakeKeeper({ channelKinds: () => [NTFY], channels: async () => [{ ...STANDING, setup }], putChannel });
    await using open = await openDoor({ keeper });
    await open.client.channels.edit({ name: 'phone', options: { topic: 'work', tags: null }, ttl: '1h', quiet: ['22:00-06:00'] });
    const { source: _, ...rest } = setup;
    assert.deepEqual(putChannel.mock.calls[0]?.arguments, [
      {
        ...rest,
        options: { topic: 'work', token: '***' },
        ttl: HOUR,
        quiet: [{ text: '22:00-06:00', days: [1, 2, 3, 4, 5, 6, 7], from: 1320, to: 360 }],
      },
    ]);
    const reply = await open.ask('/api/v1/channels/phnoe', json('PATCH', { usual: false }));
    assert.deepEqual([reply.status, reply.json.remedy], [404, 'did you mean phone?']);
  });

  test('only who is on this machine names a file that a channel reads or writes', async () => {
    const putChannel = mock.fn(async (draft: Parameters<typeof channelOf>[0]) => ({ ...STANDING, setup: channelOf(draft, 'user') }));
    const setup = channel({ options: { topic: 'home', token_file: '/etc/rollcall/token' } });
    const keeper = fakeKeeper({ channelKinds: () => [NTFY], channels: async () => [{ ...STANDING, setup }], putChannel });
    await using open = await openDoor({ keeper });
    const refused = [
      await open.ask('/api/v1/channels', json('POST', { name: 'x', kind: 'log', options: { path: '/etc/cron.d/x' } })),
      await open.ask('/api/v1/channels', json('POST', { name: 'x', kind: 'ntfy', options: { topic: 'x', ca: ['/etc/shadow'] } })),
      await open.ask('/api/v1/channels/phone', json('PATCH', { options: { token_file: '/etc/shadow' } })),
    ];
    for (const { status, json: told } of refused) {
      assert.deepEqual([status, told.code], [403, 'refused']);
      assert.match(told.message, /names a file, which only callers on this machine may$/);
    }
    assert.equal(putChannel.mock.callCount(), 0);
    assert.equal((await open.ask('/api/v1/channels/phone', json('PATCH', { ttl: '1d' }))).status, 200, 'one that is there may stay');
    await open.client.channels.put({ name: 'x', kind: 'log', options: { path: '/var/log/alerts' } });
    assert.equal(putChannel.mock.callCount(), 2);
  });

  test('S24: nobody from afar sends the secrets of a channel to another place; whoever gives them anew may', async () => {
    const putChannel = mock.fn(async (draft: Parameters<typeof channelOf>[0]) => ({ ...STANDING, setup: channelOf(draft, 'user') }));
    const setup = channel({ options: { server: 'https://ntfy.sh', topic: 'home', token: '***' } });
    const keeper = fakeKeeper({ channelKinds: () => [NTFY], channels: async () => [{ ...STANDING, setup }], putChannel });
    await using open = await openDoor({ keeper });
    const server = 'https://evil.example';
    const [patch, put] = [
      (options: object) => open.ask('/api/v1/channels/phone', json('PATCH', { options })),
      (options: object) => open.ask('/api/v1/channels', json('POST', { name: 'phone', kind: 'ntfy', options })),
    ];
    for (const reply of [await patch({ server }), await patch({ server, token: '***' }), await put({ server, topic: 'x', token: '***' })])
      assert.deepEqual(
        [reply.status, reply.json.message],
        [403, 'setting up channel phone: token would go where server says now'],
        reply.text,
      );
    assert.equal(putChannel.mock.callCount(), 0);
    assert.equal((await patch({ server, token: 'another' })).status, 200);
    assert.equal((await put({ server, topic: 'x' })).status, 200, 'no secret stays');
    assert.equal((await patch({ server: 'https://ntfy.sh', topic: 'work' })).status, 200, 'it stays where it was');
    await open.client.channels.edit({ name: 'phone', options: { server } });
    assert.equal(putChannel.mock.callCount(), 4);
  });

  test('options that are named like members of every object are options, or refused', async () => {
    const putChannel = mock.fn(async (draft: Parameters<typeof channelOf>[0]) => ({ ...STANDING, setup: channelOf(draft, 'user') }));
    await using open = await openDoor({ keeper: fakeKeeper({ channelKinds: () => [NTFY], channels: async () => [], putChannel }) });
    const ask = (options: string) =>
      open.ask('/api/v1/channels', { ...json('POST', {}), body: `{"name": "constructor", "kind": "ntfy", "options": ${options}}` });
    const proto = await ask('{"__proto__": {"admin": true}, "topic": "x"}');
    if (proto.status === 200) assert.deepEqual(Object.keys(putChannel.mock.calls[0]?.arguments[0].options ?? {}), ['topic']);
    else assert.equal(proto.status, 400);
    assert.equal((await ask('{"constructor": "x", "headers": {"__proto__": "y", "X-A": "b"}}')).status, 200);
    const options: Readonly<Record<string, unknown>> = putChannel.mock.calls.at(-1)?.arguments[0].options ?? {};
    assert.equal(options['constructor'], 'x');
    assert.equal(Object.getPrototypeOf(options['headers']), Object.prototype);
    assert.equal(({} as { admin?: unknown }).admin, undefined);
  });
});

suite('mutes, incidents and the outbox', () => {
  test('a mute begins now and ends after a length of time, or at a moment', async () => {
    const made = mock.fn(async () => mute());
    await using open = await openDoor({ keeper: fakeKeeper({ mute: made }) });
    const before = Date.now();
    await open.client.mutes.add({ rule: 'arrivals', kinds: ['device.left'], where: 'group:iot', until: '2h', why: 'x', by: 'ada' });
    await open.client.mutes.add({ kind: 'maintenance', from: '2026-01-05T08:00:00Z', until: '2026-01-05T09:00:00Z' });
    await open.client.mutes.add({ rule: 'arrivals' });
    const drafts = made.mock.calls.map((call: { arguments: unknown[] }) => call.arguments[0] as { until: number | null });
    const [{ until, ...first }] = drafts as [{ until: number }];
    assert.ok(until >= before + 2 * HOUR && until <= Date.now() + 2 * HOUR);
    assert.deepEqual(first, {
      kind: 'mute',
      rule: 'arrivals',
      kinds: ['device.left'],
      where: 'group:iot',
      from: null,
      why: 'x',
      by: 'ada',
    });
    const rest = { rule: null, kinds: [], where: null, why: null, by: null };
    assert.deepEqual(drafts[1], { ...rest, kind: 'maintenance', from: AT, until: AT + HOUR });
    assert.deepEqual(drafts[2], { ...rest, kind: 'mute', rule: 'arrivals', from: null, until: null });
  });

  test('the keeper is asked for just what was meant', async () => {
    const incidents = mock.fn(async () => [incident()]);
    const notifications = mock.fn(async () => [notification({ id: 9 }), notification({ id: 5 })]);
    const resend = mock.fn(async () => []);
    const acknowledge = mock.fn(async () => []);
    await using open = await openDoor({ keeper: fakeKeeper({ incidents, notifications, resend, acknowledge }) });
    await open.client.incidents.list();
    await open.client.incidents.list({ over: 'yes' });
    const { notifications: told } = await open.client.incidents.show({ id: 3 });
    await open.client.notifications.list({ state: 'dead' });
    await open.client.notifications.resend({ dead: true, channel: 'phone' });
    await open.client.incidents.acknowledge({ ids: [3] });
    const asked = (fn: { mock: { calls: { arguments: readonly unknown[] }[] } }) => fn.mock.calls.map((call) => call.arguments);
    assert.deepEqual(asked(incidents), [[{ limit: 100, open: true }], [{ limit: 100 }], [{ ids: [3], limit: 1 }]]);
    assert.deepEqual(
      told.map(({ id }) => id),
      [5, 9],
      'oldest first',
    );
    assert.deepEqual(asked(notifications).slice(1), [
      [{ limit: 100, states: ['dead'] }],
      [{ states: ['dead'], limit: 1000, channel: 'phone' }],
    ]);
    assert.deepEqual(asked(resend), [[[5, 9]]]);
    assert.deepEqual(asked(acknowledge), [[[3], null]]);
  });

  test('where nothing is dead nothing is sent, and nobody is asked to', async () => {
    await using open = await openDoor({ keeper: fakeKeeper({ notifications: async () => [] }) });
    assert.deepEqual(await open.client.notifications.resend({ dead: true }), []);
  });

  test('an incident that nobody has is not found', async () => {
    await using open = await openDoor({ keeper: fakeKeeper({ incidents: async () => [] }) });
    const reply = await open.ask('/api/v1/incidents/77');
    assert.deepEqual([reply.status, reply.json.message], [404, 'finding incident 77: there is none']);
  });

  test('a change that was not judged yet has no verdict', async () => {
    const whyChange = async (seq: number) => ({ change: change(seq), steps: [], beside: [] });
    await using open = await openDoor({ keeper: fakeKeeper({ whyChange }) });
    assert.equal((await open.ask('/api/v1/why/changes/12')).json.verdict, null);
    const quiet = verdict({ rules: [{ rule: null, verdict: 'quiet', reason: 'unasked', text: 'no rule asks', incident: null }] });
    await using judged = await openDoor({ keeper: fakeKeeper({ whyChange, verdictOf: async () => quiet }) });
    assert.deepEqual((await judged.ask('/api/v1/why/changes/12')).json.verdict.rules, quiet.rules);
  });

  test('S5: what devices call themselves comes as it is, in JSON and nothing else', async () => {
    const name = '</script>\u001b[2J\u202e\u0000"\n';
    const notifications = async () => [
      notification({ title: name, lines: [line({ text: name, place: name })], because: name, receipt: name }),
    ];
    await using open = await openDoor({ keeper: fakeKeeper({ notifications }) });
    const { json: body, headers, text } = await open.ask('/api/v1/notifications');
    assert.equal(headers['content-type'], 'application/json');
    assert.ok(!text.includes('\u001b') && !text.includes('\u0000'));
    assert.deepEqual([body[0].title, body[0].lines[0].text], [name, name]);
  });
});
