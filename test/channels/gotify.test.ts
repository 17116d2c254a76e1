import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel, JsonObject } from '../../src/core/index.ts';
import { byHttp } from '../contracts/channel/by-http.ts';
import { channelContract } from '../contracts/channel.ts';
import { fakeGotify, GOTIFY, judgeGotify } from './sinks/gotify.ts';
import { alert, message, NEVER, refused } from './sinks/opened.ts';
import type { FakeService } from './sinks/service.ts';
import { answersOf, counted, page, storm, withService } from './sinks/stage.ts';

channelContract(
  byHttp({
    kind: 'gotify',
    canaries: [GOTIFY.token],
    options: (url) => ({ server: `${url}/push/`, token: GOTIFY.token }),
    taken: answersOf(judgeGotify()),
    read(request) {
      const { fields, shape } = page(request);
      return { id: null, texts: [String(fields['title']), String(fields['message'])], shape };
    },
    inert: ({ texts }, attack) => assert.ok(!texts.join().includes('://'), attack),
    broken: [
      [{ token: undefined }, 'token'],
      [{ token: 'two words' }, 'token'],
      [{ server: undefined }, 'server'],
      [{ server: 'http://user:secret@gotify.example.org' }, 'server'],
    ],
  }),
);

const story =
  (tell: (service: FakeService, channel: Channel) => Promise<void>, options: JsonObject = {}) =>
  () =>
    withService(fakeGotify, ({ url }) => ['gotify', { server: `${url}/push`, token: GOTIFY.token, ...options }], tell);

test(
  'a message arrives as plain text, with the priority of its urgency',
  story(async (service, channel) => {
    for (const urgency of ['low', 'normal', 'high', 'critical'] as const)
      assert.equal((await channel.send(message({ id: urgency, alert: alert({ urgency }) }), NEVER)).outcome, 'delivered');
    assert.deepEqual(
      service.shown.map(({ loud }) => loud),
      ['2', '5', '8', '10'],
    );
    assert.deepEqual([service.shown[0]?.title, service.shown[0]?.text], ['nas.lan left', 'nas.lan left, last seen 00:58']);
    assert.deepEqual(page(service.requests[0]!).fields['extras'], { 'client::display': { contentType: 'text/plain' } });
  }),
);

test(
  'a message of nothing but a subject is not refused for its empty text',
  story(async (service, channel) => {
    assert.deepEqual(await channel.send(message({ text: '' }), NEVER), { outcome: 'delivered', receipt: 'taken as 25' });
    assert.equal(service.shown[0]?.text, 'nas.lan left');
  }),
);

test(
  'a storm is told whole as far as a phone can show it',
  story(async (service, channel) => {
    await channel.send(storm(900), NEVER);
    const { shown, missing } = counted(service.shown[0]?.text ?? '');
    assert.deepEqual([shown > 200, shown + missing], [true, 900]);
  }),
);

test(
  'the token of a client, or none that is known, stops the channel',
  story(
    async (_, channel) => {
      const { what, again, remedy } = refused(await channel.send(message(), NEVER));
      assert.deepEqual([what, again, remedy], ['channel', false, 'check the token: it must be that of an application']);
    },
    { token: 'CzV6.iOxa-client' },
  ),
);

test(
  'what answers 200 on a wrong address has told nobody',
  story(async (service, channel) => {
    service.answerNext({ status: 200, body: '<html>nginx</html>' });
    assert.equal(refused(await channel.send(message(), NEVER)).again, false);
  }),
);
