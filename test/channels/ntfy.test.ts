import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel, JsonObject } from '../../src/core/index.ts';
import { byHttp } from '../contracts/channel/by-http.ts';
import { channelContract } from '../contracts/channel.ts';
import { fakeNtfy, judgeNtfy, NTFY, ntfyTooMany } from './sinks/ntfy.ts';
import { alert, message, NEVER, refused } from './sinks/opened.ts';
import type { FakeService } from './sinks/service.ts';
import { answersOf, counted, page, storm, withService } from './sinks/stage.ts';

channelContract(
  byHttp({
    kind: 'ntfy',
    canaries: [NTFY.token, NTFY.topic],
    options: (server) => ({ server, topic: NTFY.topic, token: NTFY.token, tags: ['house'] }),
    taken: answersOf(judgeNtfy()),
    read(request) {
      const { fields, shape } = page(request);
      return { id: null, texts: [String(fields['title']), String(fields['message'])], shape };
    },
    inert: ({ texts }, attack) => assert.ok(!texts.join().includes('://'), attack),
    broken: [
      [{ topic: undefined }, 'topic'],
      [{ topic: 'two words' }, 'topic'],
      [{ topic: 'x'.repeat(65) }, 'topic'],
      [{ user: 'phil' }, 'password'],
      [{ password: 'canary' }, 'user'],
      [{ tags: ['a,b'] }, 'tags'],
      [{ click: 'javascript:alert(1)' }, 'click'],
      [{ server: 'ntfy.sh' }, 'server'],
    ],
  }),
);

const story =
  (tell: (service: FakeService, channel: Channel) => Promise<void>, options: JsonObject = { token: NTFY.token }, sequences = true) =>
  () =>
    withService(
      () => fakeNtfy(sequences),
      ({ url }) => ['ntfy', { server: url, topic: NTFY.topic, ...options }],
      tell,
    );

test(
  'a title in any script arrives, as it goes as JSON and not as a header',
  story(async (service, channel) => {
    assert.equal(
      (await channel.send(message({ subject: 'Küche 台所 left', text: 'Küche 台所 left, last seen 00:58' }), NEVER)).outcome,
      'delivered',
    );
    const [{ title, text, loud }] = service.shown as [FakeService['shown'][number]];
    assert.deepEqual([title, text, loud], ['Küche 台所 left', 'Küche 台所 left, last seen 00:58', '4']);
  }),
);

test(
  'each urgency has its priority, and signs tell what is over',
  story(async (service, channel) => {
    for (const urgency of ['low', 'normal', 'high', 'critical'] as const)
      await channel.send(message({ id: urgency, alert: alert({ urgency }) }), NEVER);
    await channel.send(message({ id: 'over', alert: alert({ kind: 'resolved', urgency: 'normal' }) }), NEVER);
    assert.deepEqual(
      service.requests.map((request) => [page(request).fields['priority'], page(request).fields['tags']]),
      [
        [2, []],
        [3, []],
        [4, ['warning']],
        [5, ['rotating_light']],
        [3, ['white_check_mark']],
      ],
    );
  }),
);

test(
  'R17: a message that is sent twice takes its own place, and a later one takes it, too',
  story(async (service, channel) => {
    await channel.send(message(), NEVER);
    const { handle } = (await channel.send(message(), NEVER)) as { handle: string };
    assert.match(handle, /^[0-9a-f]{32}$/);
    const over = await channel.send(message({ id: 'later', subject: 'nas.lan is back', alert: alert({ replaces: handle }) }), NEVER);
    assert.deepEqual(over.outcome === 'delivered' && over.handle, handle);
    assert.deepEqual(
      service.shown.map(({ title, edits }) => [title, edits]),
      [['nas.lan is back', 2]],
    );
  }),
);

test(
  'a server from before sequences says so by silence: nothing can be replaced there',
  story(
    async (service, channel) => {
      const delivery = await channel.send(message(), NEVER);
      assert.deepEqual(Object.keys(delivery), ['outcome', 'receipt']);
      assert.equal(service.shown.length, 1);
    },
    { token: NTFY.token },
    false,
  ),
);

test(
  'user and password work as well as a token',
  story(async (_, channel) => assert.equal((await channel.send(message(), NEVER)).outcome, 'delivered'), {
    user: NTFY.user,
    password: NTFY.password,
  }),
);

for (const [options, status] of [
  [{}, 403],
  [{ token: 'tk_wrong' }, 401],
] as const)
  test(
    `a login that may not write (${status}) stops the channel`,
    story(async (_, channel) => {
      const { what, again, reason, remedy } = refused(await channel.send(message(), NEVER));
      assert.deepEqual([what, again, reason.includes(String(status))], ['channel', false, true]);
      assert.match(remedy, /may write to the topic/);
    }, options),
  );

test(
  'a storm stays a text: what is longer than 4096 bytes would become a file, and signs that JSON escapes count double',
  story(async (service, channel) => {
    assert.equal((await channel.send(storm(200), NEVER)).outcome, 'delivered');
    const { shown, missing } = counted(service.shown[0]?.text ?? '');
    assert.deepEqual([shown > 40, shown + missing], [true, 200]);
    for (const sign of ['"', '台', '🖨', '\\'])
      assert.equal(
        (await channel.send(storm(1, { id: sign, subject: sign.repeat(300), text: `${sign.repeat(60)}\n`.repeat(300) }), NEVER)).outcome,
        'delivered',
        sign,
      );
  }),
);

test(
  'R20: a limit of the server is for now',
  story(async (service, channel) => {
    service.answerNext(ntfyTooMany());
    const { what, again, reason } = refused(await channel.send(message(), NEVER));
    assert.deepEqual([what, again], ['channel', true]);
    assert.match(reason, /too many requests/);
  }),
);
