import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel } from '../../src/core/index.ts';
import { byHttp, jsonTexts } from '../contracts/channel/by-http.ts';
import { channelContract } from '../contracts/channel.ts';
import { alert, message, NEVER, refused } from './sinks/opened.ts';
import type { FakeService } from './sinks/service.ts';
import { answersOf, counted, page, storm, withService } from './sinks/stage.ts';
import { fakeTeams, judgeTeams, TEAMS, teamsTooMany } from './sinks/teams.ts';

/** Texts of runs, which are drawn as they stand; nothing foreign may be anywhere else. */
function read(request: Parameters<typeof page>[0]) {
  const told = jsonTexts(page(request).fields);
  const kinds = new Set(told.filter(({ path }) => path.endsWith('.type')).map(({ text }) => text));
  assert.deepEqual([...kinds].sort(), ['AdaptiveCard', 'RichTextBlock', 'TextRun', 'message']);
  const texts = told.filter(({ path }) => path.endsWith('.text')).map(({ text }) => text);
  const elsewhere = told.filter(({ path }) => !path.endsWith('.text')).map(({ text }) => text);
  assert.doesNotMatch(elsewhere.join('\n'), /nas|evil|script/);
  return { id: null, texts, shape: [...new Set(told.map(({ path }) => path.replaceAll(/\.\d+/g, '')))] };
}

channelContract(
  byHttp({
    kind: 'teams',
    canaries: [TEAMS.signature],
    options: (url) => ({ url: `${url}${TEAMS.hook}` }),
    taken: answersOf(judgeTeams()),
    read,
    inert: ({ texts }, attack) => assert.ok(!texts.join().includes('://'), attack),
    otherwise: { 400: { what: 'message', again: false } },
    broken: [
      [{ url: undefined }, 'url'],
      [{ url: 'https://' }, 'url'],
    ],
  }),
);

const story = (tell: (service: FakeService, channel: Channel) => Promise<void>) => () =>
  withService(fakeTeams, ({ url }) => ['teams', { url: `${url}${TEAMS.hook}` }], tell);

test(
  'S22: a card shows a name as it stands, markup and all',
  story(async (service, channel) => {
    const name = '**bold** [bank](evil.example) _it_ <at>everyone</at>';
    assert.deepEqual(await channel.send(message({ subject: `${name} left`, text: `${name}\n\n- ${name}` }), NEVER), {
      outcome: 'delivered',
      receipt: '202 Accepted',
    });
    assert.deepEqual(
      service.shown.map(({ text }) => text.replaceAll('\u2060', '')),
      [`${name} left\n${name}\n \n- ${name}`],
    );
  }),
);

test(
  'the colour of the head tells how loud it is, and that it is over',
  story(async (service, channel) => {
    for (const urgency of ['low', 'normal', 'high', 'critical'] as const) await channel.send(message({ alert: alert({ urgency }) }), NEVER);
    await channel.send(message({ alert: alert({ kind: 'resolved', urgency: 'critical' }) }), NEVER);
    const colours = service.requests.map((request) => /"color":"(\w+)"/.exec(request.body)?.[1]);
    assert.deepEqual(colours, ['Default', 'Default', 'Warning', 'Attention', 'Good']);
  }),
);

test(
  'a storm stays below 28 KB, and says how much is missing',
  story(async (service, channel) => {
    for (const count of [70, 500]) assert.equal((await channel.send(storm(count), NEVER)).outcome, 'delivered');
    const sums = service.shown.map(({ text }) => counted(text)).map(({ shown, missing }) => [shown >= 70, shown + missing]);
    assert.deepEqual(sums, [
      [true, 70],
      [true, 500],
    ]);
    for (const text of ['"'.repeat(30_000), '台'.repeat(30_000), '🖨'.repeat(30_000), 'x\n'.repeat(30_000)]) {
      assert.equal((await channel.send(message({ text }), NEVER)).outcome, 'delivered', text.slice(0, 2));
    }
    assert.ok(service.requests.every(({ body }) => Buffer.byteLength(body) < 28 * 1024));
  }),
);

test(
  'R20: a flow that was asked too often waits as long as it says; one that is off or gone stops the channel',
  story(async (service, channel) => {
    service.answerNext(teamsTooMany(12));
    assert.equal(refused(await channel.send(message(), NEVER)).after, 12_000);
    for (const status of [401, 403, 404]) {
      service.answerNext({ status, body: '{"error":{"code":"WorkflowNotFound"}}' });
      const { what, again, remedy } = refused(await channel.send(message(), NEVER));
      assert.deepEqual([what, again], ['channel', false]);
      assert.match(remedy, /copy the URL of the flow again/);
    }
  }),
);
