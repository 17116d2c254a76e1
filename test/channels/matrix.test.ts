import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel, JsonObject } from '../../src/core/index.ts';
import { byHttp } from '../contracts/channel/by-http.ts';
import { channelContract } from '../contracts/channel.ts';
import { fakeMatrix, judgeMatrix, MATRIX, matrixRedacted, matrixTooMany } from './sinks/matrix.ts';
import { alert, message, NEVER, refused } from './sinks/opened.ts';
import type { FakeService } from './sinks/service.ts';
import { answersOf, counted, page, storm, withService } from './sinks/stage.ts';

channelContract(
  byHttp({
    kind: 'matrix',
    canaries: [MATRIX.token],
    options: (server) => ({ server, room: MATRIX.room, token: MATRIX.token }),
    taken: answersOf(judgeMatrix()),
    read(request) {
      const { fields, shape } = page(request);
      assert.deepEqual([fields['format'], fields['m.mentions']], [undefined, {}]);
      return { id: request.path.split('/').at(-1)!, texts: [String(fields['body'])], shape };
    },
    inert: ({ texts }, attack) => assert.doesNotMatch(texts.join(), /:\/\/|@\w/, attack),
    broken: [
      [{ room: undefined }, 'room'],
      [{ room: '#alias:example.com' }, 'room'],
      [{ token: 'a b' }, 'token'],
      [{ server: 'matrix.example.org' }, 'server'],
    ],
  }),
);

const story =
  (tell: (service: FakeService, channel: Channel) => Promise<void>, options: JsonObject = {}) =>
  () =>
    withService(fakeMatrix, ({ url }) => ['matrix', { server: url, room: MATRIX.room, token: MATRIX.token, ...options }], tell);

test(
  'R17: a message that is sent twice is one event, as its key is the transaction',
  story(async (service, channel) => {
    const deliveries = [await channel.send(message(), NEVER), await channel.send(message(), NEVER)];
    assert.deepEqual(deliveries[0], deliveries[1]);
    assert.equal(service.shown.length, 1);
    const other = await channel.send(message({ id: 'home-13-opened-ops' }), NEVER);
    assert.notDeepEqual(other, deliveries[0]);
  }),
);

test(
  'a message is replaced by later ones, all of them edits of the first event',
  story(async (service, channel) => {
    const first = await channel.send(message(), NEVER);
    const { handle } = first as { handle: string };
    for (const [id, subject] of [
      ['a', 'nas.lan and 2 more left'],
      ['b', 'nas.lan is back'],
    ] as const) {
      const delivery = await channel.send(message({ id, subject, text: '', alert: alert({ replaces: handle }) }), NEVER);
      assert.deepEqual(delivery, first);
    }
    assert.deepEqual(
      service.shown.map(({ text, edits }) => [text, edits]),
      [['nas.lan is back', 2]],
    );
    assert.equal(page(service.requests.at(-1)!).fields['body'], '* nas.lan is back');
  }),
);

test(
  'what somebody removed from the room is told anew: nobody would see an edit of it',
  story(async (service, channel) => {
    const { handle } = (await channel.send(message(), NEVER)) as { handle: string };
    const later = (id: string, replaces: string) => message({ id, subject: 'nas.lan is back', text: '', alert: alert({ replaces }) });
    service.answerNext(matrixRedacted);
    const anew = await channel.send(later('a', handle), NEVER);
    assert.deepEqual([anew.outcome, (anew as { handle?: string }).handle === handle], ['delivered', false]);
    await channel.send(later('b', '$gone-YUwRidLecu:example.com'), NEVER);
    assert.deepEqual(
      service.shown.map(({ text, edits }) => [text.split('\n')[0], edits]),
      [
        ['nas.lan left', 0],
        ['nas.lan is back', 0],
        ['nas.lan is back', 0],
      ],
    );
    // Where it cannot be found out, it is edited.
    service.answerNext({ status: 403, body: '{"errcode": "M_FORBIDDEN"}' });
    await channel.send(later('c', handle), NEVER);
    assert.equal(service.shown[0]?.edits, 1);
  }),
);

test(
  'S22: @room in a name calls nobody; what is low is a notice, which makes no sound',
  story(async (service, channel) => {
    await channel.send(message({ subject: '@room left' }), NEVER);
    await channel.send(message({ id: 'low', alert: alert({ urgency: 'low' }) }), NEVER);
    assert.deepEqual(
      service.shown.map(({ loud }) => loud),
      ['sound', 'silent'],
    );
  }),
);

test(
  'a storm fits into an event, even twice as an edit does, and whatever JSON makes of it',
  story(async (service, channel) => {
    const first = await channel.send(storm(1000), NEVER);
    const { shown, missing } = counted(service.shown[0]?.text ?? '');
    assert.deepEqual([shown > 200, shown + missing], [true, 1000]);
    const { handle } = first as { handle: string };
    for (const sign of ['"', '台', '🖨']) {
      const edit = message({
        id: encodeURIComponent(sign).replaceAll('%', ''),
        text: sign.repeat(30_000),
        alert: alert({ replaces: handle }),
      });
      assert.equal((await channel.send(edit, NEVER)).outcome, 'delivered', sign);
    }
  }),
);

test(
  'R20: too many messages wait as long as the server says, in the body or the header',
  story(async (service, channel) => {
    service.answerNext(matrixTooMany(2300));
    assert.equal(refused(await channel.send(message(), NEVER)).after, 2300);
    service.answerNext({ ...matrixTooMany(2300), headers: { 'retry-after': '3' } });
    assert.equal(refused(await channel.send(message(), NEVER)).after, 3000);
  }),
);

for (const [over, said, remedy] of [
  [{ token: 'syt_other' }, /M_UNKNOWN_TOKEN/, /fresh access token/],
  [{ room: '!other:example.com' }, /M_FORBIDDEN/, /invite/],
] as const)
  test(
    `${said.source} stops the channel, and says what to do`,
    story(async (_, channel) => {
      const refusal = refused(await channel.send(message(), NEVER));
      assert.deepEqual([refusal.what, refusal.again], ['channel', false]);
      assert.match(refusal.reason, said);
      assert.match(refusal.remedy, remedy);
    }, over),
  );
