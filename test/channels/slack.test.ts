import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel, JsonObject } from '../../src/core/index.ts';
import { byHttp } from '../contracts/channel/by-http.ts';
import { channelContract } from '../contracts/channel.ts';
import { alert, message, NEVER, refused } from './sinks/opened.ts';
import type { FakeService } from './sinks/service.ts';
import { fakeSlack, judgeSlack, SLACK, slackHookTooMany, slackTooMany } from './sinks/slack.ts';
import { answersOf, counted, page, storm, withService } from './sinks/stage.ts';

interface Block {
  readonly type: string;
  readonly text: { readonly type: string; readonly text: string; readonly emoji: boolean };
}

/** What Slack reads: the blocks as they stand, and the text of push notifications with its escapes. */
function read(request: Parameters<typeof page>[0]) {
  const { fields, shape } = page(request);
  const blocks = fields['blocks'] as Block[];
  for (const { text } of blocks) assert.deepEqual([text.type, text.emoji], ['plain_text', false]);
  assert.doesNotMatch(String(fields['text']), /[<>]/);
  return { id: null, texts: [String(fields['text']), ...blocks.map(({ text }) => text.text)], shape };
}

channelContract(
  byHttp({
    kind: 'slack',
    canaries: [SLACK.hook.split('/').at(-1)!],
    options: (url) => ({ url: `${url}${SLACK.hook}` }),
    taken: answersOf(judgeSlack()),
    read,
    broken: [
      [{ url: undefined }, 'url'],
      [{ url: 'hooks.slack.com/services/T/B/x' }, 'url'],
      [{ channel: '#ops' }, 'channel'],
    ],
  }),
);

channelContract(
  byHttp({
    kind: 'slack-bot',
    canaries: [SLACK.token],
    options: (server) => ({ server, token: SLACK.token, channel: SLACK.channel }),
    taken: answersOf(judgeSlack()),
    read,
    broken: [
      [{ token: undefined }, 'token'],
      [{ token: 'not-a-token' }, 'token'],
      [{ channel: 'ops' }, 'channel'],
      [{ channel: '<!channel>' }, 'channel'],
    ],
  }),
);

type Tell = (service: FakeService, channel: Channel) => Promise<void>;
const byHook = (tell: Tell) => () => withService(fakeSlack, ({ url }) => ['slack', { url: `${url}${SLACK.hook}` }], tell);
const byBot =
  (tell: Tell, options: JsonObject = {}) =>
  () =>
    withService(fakeSlack, ({ url }) => ['slack-bot', { server: url, token: SLACK.token, channel: '#ops', ...options }], tell);

for (const [kind, by] of [
  ['webhook', byHook],
  ['bot', byBot],
] as const) {
  test(
    `S22: by a ${kind} a name can call nobody`,
    by(async (service, channel) => {
      const name = '<!channel> <!here> <@U12345> @channel &lt;!channel&gt;';
      await channel.send(message({ subject: `${name} left`, text: `${name} left` }), NEVER);
      assert.deepEqual(
        service.shown.map(({ loud, text }) => [loud, text]),
        [['quiet', `${name} left`]],
      );
    }),
  );

  test(
    `a storm by a ${kind} fills some blocks, and says how much is missing`,
    by(async (service, channel) => {
      for (const count of [10, 60, 400]) assert.equal((await channel.send(storm(count), NEVER)).outcome, 'delivered');
      assert.deepEqual(
        service.shown.map(({ text }) => counted(text)).map(({ shown, missing }) => shown + missing),
        [10, 60, 400],
      );
      assert.equal((await channel.send(message({ text: `x${'🖨'.repeat(20_000)}` }), NEVER)).outcome, 'delivered');
      assert.ok(service.shown[3]?.text.isWellFormed());
    }),
  );
}

test(
  'a bot replaces its message, in the channel that Slack named',
  byBot(async (service, channel) => {
    const first = await channel.send(message(), NEVER);
    const handle = `${SLACK.channel}:1503435956.000246`;
    assert.deepEqual(first, { outcome: 'delivered', receipt: `taken as ${handle}`, handle });
    const later = message({ id: 'later', subject: 'nas.lan is back', text: '', alert: alert({ kind: 'resolved', replaces: handle }) });
    assert.deepEqual(await channel.send(later, NEVER), first);
    assert.deepEqual(
      service.shown.map(({ text, edits }) => [text, edits]),
      [['nas.lan is back', 1]],
    );
  }),
);

test(
  'what is to replace a message that is gone, or was of another channel kind, is sent as a new one',
  byBot(async (service, channel) => {
    for (const replaces of [`${SLACK.channel}:1.000001`, 'nonsense'])
      assert.equal((await channel.send(message({ alert: alert({ replaces }) }), NEVER)).outcome, 'delivered');
    assert.deepEqual(
      service.requests.map(({ path }) => path),
      ['/api/chat.update', '/api/chat.postMessage', '/api/chat.postMessage'],
    );
    assert.equal(service.shown.length, 2);
  }),
);

for (const [over, said, remedy] of [
  [{ token: 'xoxb-333333333333-444444444444-abcdefghijklmnop' }, /invalid_auth/, /token/],
  [{ channel: '#nowhere' }, /channel_not_found/, /invited/],
] as const)
  test(
    `R20: ${said.source} comes with 200, and is a refusal all the same`,
    byBot(async (service, channel) => {
      const refusal = refused(await channel.send(message(), NEVER));
      assert.deepEqual([refusal.what, refusal.again, service.shown.length], ['channel', false, 0]);
      assert.match(refusal.reason, said);
      assert.match(refusal.remedy, remedy);
    }, over),
  );

for (const [body, becomes] of [
  ['{"ok":false,"error":"internal_error"}', ['channel', true]],
  ['{"ok":false,"error":"msg_too_long"}', ['message', false]],
  ['{"ok":false,"error":"is_archived"}', ['channel', false]],
  ['{"ok":false}', ['channel', false]],
  ['<html>', ['channel', false]],
] as const)
  test(
    `R20: a bot that hears 200 and ${body} has told nobody`,
    byBot(async (service, channel) => {
      service.answerNext({ status: 200, body });
      const { what, again, remedy } = refused(await channel.send(message(), NEVER));
      assert.deepEqual([what, again], becomes);
      assert.notEqual(remedy, '');
    }),
  );

test(
  'R20: too many messages wait as long as Slack says',
  byBot(async (service, channel) => {
    service.answerNext(slackTooMany(30));
    assert.equal(refused(await channel.send(message(), NEVER)).after, 30_000);
    service.answerNext(slackHookTooMany(1));
    assert.equal(refused(await channel.send(message(), NEVER)).after, 1000);
  }),
);

test(
  'whatever answers 200 and does not say ok is not a webhook of Slack, and has told nobody',
  byHook(async (service, channel) => {
    service.answerNext({ status: 200, body: '<html>Welcome</html>' });
    const { what, again, remedy } = refused(await channel.send(message(), NEVER));
    assert.deepEqual([what, again], ['channel', false]);
    assert.match(remedy, /check the address/);
  }),
);

test(
  'a webhook that was deleted, or of an archived channel, stops the channel',
  byHook(async (service, channel) => {
    for (const [status, body] of [
      [404, 'no_service'],
      [403, 'invalid_token'],
      [410, 'channel_is_archived'],
    ] as const) {
      service.answerNext({ status, body });
      const { what, again, reason, remedy } = refused(await channel.send(message(), NEVER));
      assert.deepEqual([what, again, reason.includes(body)], ['channel', false, true]);
      assert.match(remedy, /check the URL of the webhook/);
    }
  }),
);
