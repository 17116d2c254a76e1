import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel, JsonObject } from '../../src/core/index.ts';
import { byHttp } from '../contracts/channel/by-http.ts';
import { channelContract } from '../contracts/channel.ts';
import { alert, message, NEVER, refused } from './sinks/opened.ts';
import { fakePushover, judgePushover, PUSHOVER, pushoverUsedUp } from './sinks/pushover.ts';
import type { FakeService } from './sinks/service.ts';
import { answersOf, counted, page, storm, withService } from './sinks/stage.ts';

channelContract(
  byHttp({
    kind: 'pushover',
    canaries: [PUSHOVER.token, PUSHOVER.user],
    options: (server) => ({ server, token: PUSHOVER.token, user: PUSHOVER.user }),
    taken: answersOf(judgePushover()),
    read(request) {
      const { fields, shape } = page(request);
      return { id: null, texts: [String(fields['title']), String(fields['message'])], shape };
    },
    inert({ texts, shape }, attack) {
      assert.ok(!texts.join().includes('://'), attack);
      assert.ok(!shape.includes('html'), 'a name could be markup');
    },
    broken: [
      [{ token: undefined }, 'token'],
      [{ token: 'short' }, 'token'],
      [{ user: 'u!' }, 'user'],
      [{ device: 'my phone' }, 'device'],
      [{ emergency: 'yes' }, 'emergency'],
      [{ retry: 29 }, 'retry'],
      [{ expire: 10_801 }, 'expire'],
    ],
  }),
);

const story =
  (tell: (service: FakeService, channel: Channel) => Promise<void>, options: JsonObject = {}) =>
  () =>
    withService(fakePushover, ({ url }) => ['pushover', { server: url, token: PUSHOVER.token, user: PUSHOVER.user, ...options }], tell);

const URGENCIES = ['low', 'normal', 'high', 'critical'] as const;

test(
  'each urgency has its priority, and nothing rings on unless somebody wants it',
  story(async (service, channel) => {
    for (const urgency of URGENCIES) await channel.send(message({ alert: alert({ urgency }) }), NEVER);
    assert.deepEqual(
      service.shown.map(({ loud }) => loud),
      ['-1', '0', '1', '1'],
    );
  }),
);

test(
  'what is critical rings until it is acknowledged or over, and that it is over rings once',
  story(
    async (service, channel) => {
      for (const urgency of URGENCIES) await channel.send(message({ alert: alert({ urgency }) }), NEVER);
      const over = { id: 12, state: 'over', openedAt: 0 } as const;
      await channel.send(message({ alert: alert({ urgency: 'critical', kind: 'resolved', incident: over }) }), NEVER);
      assert.deepEqual(
        service.shown.map(({ loud }) => loud),
        ['-1', '0', '1', 'rings no more', '1'],
      );
      const { fields } = page(service.requests[3]!);
      assert.deepEqual([fields['priority'], fields['retry'], fields['expire']], [2, 30, 600]);
    },
    { emergency: true, retry: 30, expire: 600 },
  ),
);

test(
  'a storm is cut to 1024 characters and its title to 250; signs of two units count once',
  story(async (service, channel) => {
    assert.equal((await channel.send(storm(100), NEVER)).outcome, 'delivered');
    const { shown, missing } = counted(service.shown[0]?.text ?? '');
    assert.deepEqual([shown > 10, shown + missing], [true, 100]);
    await channel.send(message({ subject: '🖨'.repeat(140), text: '🖨'.repeat(1000) }), NEVER);
    assert.equal([...(service.shown[1]?.text ?? '')].length, 1000);
    await channel.send(message({ subject: 'x'.repeat(300), text: 'x' }), NEVER);
    assert.equal(service.shown[2]?.title.length, 250);
  }),
);

test(
  'R20: a month that is used up is final, so that the fallback channel tells it',
  story(async (service, channel) => {
    service.answerNext(pushoverUsedUp());
    const { what, again, remedy } = refused(await channel.send(message(), NEVER));
    assert.deepEqual([what, again], ['channel', false]);
    assert.match(remedy, /next month/);
  }),
);

for (const over of [{ token: 'b'.repeat(30) }, { user: 'b'.repeat(30) }, { device: 'tablet' }])
  test(
    `a wrong ${Object.keys(over)[0]} stops the channel, though Pushover says 400`,
    story(async (_, channel) => {
      const { what, again, reason, remedy } = refused(await channel.send(message(), NEVER));
      assert.deepEqual([what, again, remedy], ['channel', false, 'check token, user and device']);
      assert.match(reason, /400 Bad Request: .*(invalid|not valid)/);
    }, over),
  );
