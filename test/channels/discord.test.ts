import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel, JsonObject } from '../../src/core/index.ts';
import { byHttp } from '../contracts/channel/by-http.ts';
import { channelContract } from '../contracts/channel.ts';
import { DISCORD, discordMarkup, discordTooMany, fakeDiscord, judgeDiscord } from './sinks/discord.ts';
import { alert, message, NEVER, refused } from './sinks/opened.ts';
import type { FakeService } from './sinks/service.ts';
import { answersOf, counted, page, storm, withService } from './sinks/stage.ts';

channelContract(
  byHttp({
    kind: 'discord',
    canaries: [DISCORD.token],
    options: (url) => ({ url: `${url}${DISCORD.hook}` }),
    taken: answersOf(judgeDiscord()),
    read(request) {
      const { fields, shape } = page(request);
      assert.deepEqual(fields['allowed_mentions'], { parse: [] });
      return { id: null, texts: [String(fields['content'])], shape };
    },
    inert: ({ texts }, attack) => assert.deepEqual(texts.flatMap(discordMarkup), [], attack),
    broken: [
      [{ url: undefined }, 'url'],
      [{ url: 'https://discord.com/channels/1/2' }, 'url'],
      [{ thread: 'general' }, 'thread'],
    ],
  }),
);

const story =
  (tell: (service: FakeService, channel: Channel) => Promise<void>, options: JsonObject = {}) =>
  () =>
    withService(fakeDiscord, ({ url }) => ['discord', { url: `${url}${DISCORD.hook}/`, ...options }], tell);

test(
  'S22: a name is drawn as it stands, and calls nobody',
  story(async (service, channel) => {
    const name = '@everyone **bold** [bank](https://evil.example) <@&99> `x` ||y||';
    await channel.send(message({ subject: `${name} left`, text: `# ${name}\n- one\n1. two\n> three` }), NEVER);
    const [{ text, loud }] = service.shown as [FakeService['shown'][number]];
    assert.deepEqual([text, loud], [`${name} left\n# ${name}\n- one\n1. two\n> three`, 'sound']);
  }),
);

test(
  'a message is replaced by a later one, in its thread, and one that was deleted by a new one',
  story(
    async (service, channel) => {
      const first = await channel.send(message(), NEVER);
      const { handle } = first as { handle: string };
      const later = (replaces: string) => message({ id: 'later', subject: 'nas.lan is back', text: '', alert: alert({ replaces }) });
      assert.deepEqual(await channel.send(later(handle), NEVER), first);
      const anew = await channel.send(later('1165339898920570000'), NEVER);
      assert.notDeepEqual(anew, first);
      assert.equal(anew.outcome, 'delivered');
      assert.deepEqual(
        service.requests.map(({ method, path }) => [method, new URL(path, service.url).search]),
        [
          ['POST', '?wait=true&thread_id=77'],
          ['PATCH', '?thread_id=77'],
          ['PATCH', '?thread_id=77'],
          ['POST', '?wait=true&thread_id=77'],
        ],
      );
      assert.deepEqual(
        service.shown.map(({ text, edits }) => [text, edits]),
        [
          ['nas.lan is back', 1],
          ['nas.lan is back', 0],
        ],
      );
    },
    { thread: '77' },
  ),
);

test(
  'what cannot be edited any more, as its thread was archived, is told anew',
  story(async (service, channel) => {
    const { handle } = (await channel.send(message(), NEVER)) as { handle: string };
    service.answerNext({ status: 400, body: '{"message": "Thread is archived", "code": 50083}' });
    const later = message({ id: 'later', subject: 'nas.lan is back', text: '', alert: alert({ replaces: handle }) });
    const delivery = await channel.send(later, NEVER);
    assert.equal(delivery.outcome, 'delivered', JSON.stringify(delivery));
    assert.deepEqual(
      service.shown.map(({ text }) => text.split('\n')[0]),
      ['nas.lan left', 'nas.lan is back'],
    );
  }),
);

test(
  'what is low makes no sound; links are never previewed',
  story(async (service, channel) => {
    for (const urgency of ['low', 'critical'] as const) await channel.send(message({ alert: alert({ urgency }) }), NEVER);
    assert.deepEqual(
      service.shown.map(({ loud }) => loud),
      ['silent', 'sound'],
    );
    for (const request of service.requests) assert.equal(Number(page(request).fields['flags']) & 4, 4);
  }),
);

test(
  'a storm is cut to 2000 characters, escapes and all',
  story(async (service, channel) => {
    assert.equal((await channel.send(storm(200), NEVER)).outcome, 'delivered');
    const { shown, missing } = counted(service.shown[0]?.text ?? '');
    assert.deepEqual([shown > 20, shown + missing], [true, 200]);
    for (const sign of ['*', '\\', '@', '🖨'])
      assert.equal((await channel.send(message({ text: sign.repeat(3000) }), NEVER)).outcome, 'delivered', sign);
  }),
);

test(
  'R20: too many messages wait as long as Discord says, to the millisecond',
  story(async (service, channel) => {
    service.answerNext(discordTooMany(64.57));
    const { what, again, after } = refused(await channel.send(message(), NEVER));
    assert.deepEqual([what, again, after], ['channel', true, 65_000]);
    service.answerNext({ status: 429, body: '{"message":"You are being rate limited.","retry_after":0.5,"global":true}' });
    assert.equal(refused(await channel.send(message(), NEVER)).after, 500);
  }),
);

test(
  'a webhook that somebody deleted stops the channel',
  story(async (service, channel) => {
    service.answerNext({ status: 404, body: '{"message": "Unknown Webhook", "code": 10015}' });
    const { what, again, reason, remedy } = refused(
      await channel.send(message({ alert: alert({ replaces: '1165339898920579073' }) }), NEVER),
    );
    assert.deepEqual([what, again, service.requests.length], ['channel', false, 1]);
    assert.match(`${reason}; ${remedy}`, /Unknown Webhook.*check the URL of the webhook/);
  }),
);
