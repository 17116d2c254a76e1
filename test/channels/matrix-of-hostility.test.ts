/** Every kind of channel, every hostile text, every status: whatever is sent out or comes back, it stays words, and it ends. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createChannelMaker } from '../../src/channels/index.ts';
import type { Delivery, ExchangeLine } from '../../src/core/index.ts';
import { jsonTexts } from '../contracts/channel/by-http.ts';
import { calledSo, HOSTILE } from '../contracts/channel/hostile.ts';
import { httpSink, type Recorded, type Reply } from './sinks/http-sink.ts';
import { NEVER, worldOf } from './sinks/opened.ts';
import { OPTIONS } from './sinks/options.ts';

const STATUSES = [200, 202, 204, 302, 400, 401, 403, 404, 410, 413, 422, 429, 500, 503] as const;

/** Says the hostile text wherever any of the services says something. */
const hostile = (status: number, said: string): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  ...(status !== 204 && {
    body: JSON.stringify({
      ok: status === 200,
      ...Object.fromEntries(
        ['id', 'ts', 'channel', 'event_id', 'request', 'error', 'message', 'description', 'sequence_id'].map((key) => [key, said]),
      ),
      result: { message_id: said },
      parameters: { retry_after: said },
      retry_after: said,
    }),
  }),
});

// Whatever a terminal, a log or a page could take for more than words.
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/u;

function stayedWords(delivery: Delivery, lines: readonly ExchangeLine[], where: string): void {
  const { handle, ...told } = { handle: '', ...delivery };
  for (const text of [...Object.values(told).map(String), handle]) {
    assert.doesNotMatch(text, UNSAFE, where);
    assert.ok(text.length <= 700 && text.isWellFormed(), `${where}: ${text.length}`);
  }
  for (const { text } of lines) assert.doesNotMatch(text.replaceAll(/[\n\t]/g, ''), UNSAFE, where);
}

/** A status means the same, whatever is said with it. */
function meantIt(delivery: Delivery, status: number, where: string): void {
  if (status >= 300) assert.equal(delivery.outcome, 'refused', where);
  if (delivery.outcome === 'refused' && status >= 300) assert.equal(delivery.again, status === 429 || status >= 500, where);
}

/** No header, line or second request was smuggled into the one that was sent. */
function onePlainRequest(requests: readonly Recorded[], where: string): void {
  assert.ok(requests.length <= 2, `${where}: ${requests.length} requests`);
  for (const { path, rawHeaders, body } of requests) {
    if (body !== '') for (const { text } of jsonTexts(JSON.parse(body))) assert.doesNotMatch(text.replaceAll(/[\n\t]/g, ''), UNSAFE, where);
    assert.doesNotMatch(path, /evil|DROP|script/, where);
    assert.doesNotMatch(rawHeaders.join('\n'), /evil|\u001b|DROP|script/i, where);
  }
}

const KINDS = createChannelMaker(worldOf())
  .kinds.map(({ kind }) => kind)
  .filter((kind) => kind in OPTIONS);

for (const kind of KINDS)
  describe(`S5, S22, R20: ${kind}`, () => {
    for (const status of STATUSES)
      test(`${HOSTILE.length} hostile texts, sent and answered with ${status}`, async (t) => {
        const sink = await httpSink();
        t.after(sink.stop);
        const channel = await createChannelMaker(worldOf([sink.reach])).open(kind, OPTIONS[kind]!(sink.url));
        for (const attack of HOSTILE) {
          const where = `${kind}, ${status}, ${JSON.stringify(attack.slice(0, 40))}`;
          sink.answerWith(hostile(status, attack));
          const before = sink.requests.length;
          const lines: ExchangeLine[] = [];
          const delivery = await channel.send(calledSo(attack), NEVER, (line) => lines.push(line));
          stayedWords(delivery, lines, where);
          meantIt(delivery, status, where);
          onePlainRequest(sink.requests.slice(before), where);
        }
      });
  });
