import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel, JsonObject, Message } from '../../src/core/index.ts';
import { byHttp } from '../contracts/channel/by-http.ts';
import { channelContract } from '../contracts/channel.ts';
import { alert, message, NEVER, refused } from './sinks/opened.ts';
import type { FakeService } from './sinks/service.ts';
import { answersOf, counted, page, storm, withService } from './sinks/stage.ts';
import { fakeTelegram, judgeTelegram, TELEGRAM, telegramMentions, telegramTooMany } from './sinks/telegram.ts';

channelContract(
  byHttp({
    kind: 'telegram',
    canaries: [TELEGRAM.token],
    options: (server) => ({ server, token: TELEGRAM.token, chat: TELEGRAM.chat }),
    taken: answersOf(judgeTelegram()),
    read(request) {
      const { fields, shape } = page(request);
      return { id: null, texts: [String(fields['text'])], shape };
    },
    inert: ({ texts }, attack) => assert.deepEqual([texts.flatMap(telegramMentions), texts.join().includes('://')], [[], false], attack),
    broken: [
      [{ token: undefined }, 'token'],
      [{ token: 'bot123' }, 'token'],
      [{ token_file: '/etc/hostname' }, 'token_file'],
      [{ chat: undefined }, 'chat'],
      [{ chat: 'my friends' }, 'chat'],
      [{ thread: 0 }, 'thread'],
      [{ server: 'http://127.0.0.1:1' }, 'server'],
    ],
  }),
);

const story =
  (tell: (service: FakeService, channel: Channel) => Promise<void>, options: JsonObject = {}) =>
  () =>
    withService(fakeTelegram, ({ url }) => ['telegram', { server: url, token: TELEGRAM.token, chat: TELEGRAM.chat, ...options }], tell);

const named = (id: number): string => `${TELEGRAM.chat}/${id}`;

const later = (replaces: string | undefined, over: Partial<Message> = {}): Message =>
  message({ id: 'home-12-edit', subject: 'nas.lan and 2 more left', alert: alert({ kind: 'edit', replaces: replaces ?? null }), ...over });

test(
  'R21: a lone underscore, which loses alerts that are sent as Markdown, arrives as it stands',
  story(async (service, channel) => {
    const delivery = await channel.send(message({ subject: 'esp_1 left', text: 'esp_1 *left' }), NEVER);
    assert.deepEqual(delivery, { outcome: 'delivered', receipt: `taken as ${named(42)}`, handle: named(42) });
    assert.deepEqual(service.shown, [{ id: '42', title: '', text: 'esp_1 left\nesp_1 *left', loud: 'sound', edits: 0 }]);
    const { fields } = page(service.requests[0]!);
    assert.deepEqual([fields['parse_mode'], fields['link_preview_options']], [undefined, { is_disabled: true }]);
  }),
);

test(
  'a message is replaced by what is known later, and by what is over',
  story(async (service, channel) => {
    const first = await channel.send(message(), NEVER);
    assert.equal(first.outcome, 'delivered');
    const { handle } = first as { handle: string };
    for (const subject of ['nas.lan and 2 more left', 'nas.lan is back'])
      assert.deepEqual(await channel.send(later(handle, { subject, text: '' }), NEVER), {
        outcome: 'delivered',
        receipt: `taken as ${handle}`,
        handle,
      });
    assert.deepEqual(
      service.shown.map(({ text, edits }) => [text, edits]),
      [['nas.lan is back', 2]],
    );
  }),
);

test(
  'an edit that was sent twice is delivered: Telegram says that nothing is modified',
  story(async (service, channel) => {
    await channel.send(message(), NEVER);
    for (const _ of [1, 2]) assert.equal((await channel.send(later(named(42)), NEVER)).outcome, 'delivered');
    assert.equal(service.shown[0]?.edits, 1);
  }),
);

test(
  'what is to replace a message that somebody deleted is sent as a new one',
  story(async (service, channel) => {
    assert.deepEqual(await channel.send(later(named(7)), NEVER), {
      outcome: 'delivered',
      receipt: `taken as ${named(42)}`,
      handle: named(42),
    });
    assert.deepEqual(
      service.requests.map(({ path }) => path.split('/').at(-1)),
      ['editMessageText', 'sendMessage'],
    );
  }),
);

test(
  'a number of another chat is some other message here: what is to replace it is sent as a new one',
  story(async (service, channel) => {
    await channel.send(message(), NEVER);
    for (const replaces of ['-1009999999999/42', '42']) assert.equal((await channel.send(later(replaces), NEVER)).outcome, 'delivered');
    assert.deepEqual(
      service.shown.map(({ edits }) => edits),
      [0, 0, 0],
    );
  }),
);

test(
  'what is low makes no sound, and a topic is written to',
  story(
    async (service, channel) => {
      await channel.send(message({ alert: alert({ urgency: 'low' }) }), NEVER);
      assert.equal(service.shown[0]?.loud, 'silent');
      assert.equal(page(service.requests[0]!).fields['message_thread_id'], TELEGRAM.thread);
    },
    { thread: TELEGRAM.thread },
  ),
);

test(
  'a storm is cut to 4096 units, and says how much is missing',
  story(async (service, channel) => {
    assert.equal((await channel.send(storm(200), NEVER)).outcome, 'delivered');
    const { shown, missing } = counted(service.shown[0]?.text ?? '');
    assert.ok(shown > 50, `${shown} lines`);
    assert.equal(shown + missing, 200);
  }),
);

test(
  'R20: too many messages wait as long as Telegram says, which says it in the body',
  story(async (service, channel) => {
    service.answerNext(telegramTooMany(35));
    const { what, again, after } = refused(await channel.send(message(), NEVER));
    assert.deepEqual({ what, again, after }, { what: 'channel', again: true, after: 35_000 });
    assert.equal((await channel.send(message(), NEVER)).outcome, 'delivered');
  }),
);

test(
  'a group that became a supergroup is told with its new number',
  story(
    async (_, channel) => {
      const { what, again, reason, remedy } = refused(await channel.send(message(), NEVER));
      assert.deepEqual([what, again], ['channel', false]);
      assert.match(reason, /group chat was upgraded/);
      assert.equal(remedy, `write chat = ${TELEGRAM.chat}: the group became a supergroup`);
    },
    { chat: String(TELEGRAM.moved) },
  ),
);

for (const [options, said] of [
  [{ chat: 12345 }, /chat not found/],
  [{ thread: 78 }, /thread not found/],
  [{ token: '123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bX' }, /Unauthorized/],
] as const)
  test(
    `${JSON.stringify(Object.keys(options))} that leads nowhere stops the channel, not one message`,
    story(async (_, channel) => {
      const { what, again, reason, remedy } = refused(await channel.send(message(), NEVER));
      assert.deepEqual([what, again], ['channel', false]);
      assert.match(reason, said);
      assert.match(remedy, /check/);
    }, options),
  );

test(
  'whatever answers 200 and is not Telegram has told nobody',
  story(async (service, channel) => {
    for (const body of ['<html>Welcome</html>', '{"ok":false}', '[]', '']) {
      for (const replaces of [null, named(42)]) {
        service.answerNext({ status: 200, body });
        const { what, again, remedy } = refused(await channel.send(message({ alert: alert({ replaces }) }), NEVER));
        assert.deepEqual([what, again], ['channel', false], body);
        assert.match(remedy, /check the address/);
      }
    }
  }),
);
