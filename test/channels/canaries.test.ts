import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { createChannelMaker } from '../../src/channels/index.ts';
import type { Delivery, ExchangeLine, JsonObject } from '../../src/core/index.ts';
import { httpSink, type Manner, type Recorded, type Reply } from './sinks/http-sink.ts';
import { alert, message, NEVER, worldOf } from './sinks/opened.ts';
import { OPTIONS } from './sinks/options.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-canaries-'));
after(() => rmSync(folder, { recursive: true }));

const echo =
  (status: number) =>
  (request: Recorded): Reply => ({
    status,
    headers: { 'content-type': 'application/json', 'retry-after': '1' },
    body: JSON.stringify({
      ok: false,
      error: request.path,
      description: request.body,
      headers: request.headers,
      id: 'x',
      message: request.path,
    }),
  });

/** Each repeats what it was told, in its way, or says nothing at all. */
const MANNERS: Readonly<Record<string, Manner>> = {
  '200': echo(200),
  '302': echo(302),
  '400': echo(400),
  '401': echo(401),
  '429': echo(429),
  '500': echo(500),
  reset: 'reset',
  garbage: 'garbage',
};

const maker = (reach: readonly string[]) => createChannelMaker(worldOf(reach));
/** No HTTP: tests of their own hold them to the same. */
const OTHERS: readonly string[] = ['email', 'mqtt'];
const kinds = maker([]).kinds.filter(({ secrets, kind }) => secrets.length > 0 && !OTHERS.includes(kind));

/** The same options with each secret in a file. */
function filed(options: JsonObject, secrets: readonly string[]): JsonObject {
  const entries = Object.entries(options).map(([key, value]): [string, JsonObject[string]] => {
    if (!secrets.includes(key)) return [key, value];
    const path = join(folder, `${key}-${Math.random()}`);
    writeFileSync(path, `${String(value)}\n`, { mode: 0o600 });
    return [`${key}_file`, path];
  });
  return Object.fromEntries(entries);
}

/** What of a canary must be nowhere: eight letters in a row are enough to know it. */
const isTold = (all: string): boolean => /C4naryX9|9Xyran4C|QzRuYXJ5WD|M0bmFyeVg5|DNG5hcnlYO/.test(all);

for (const { kind, secrets } of kinds)
  describe(`S24: what is secret of a ${kind}`, () => {
    for (const way of ['options', 'files'] as const)
      for (const [name, manner] of Object.entries(MANNERS))
        test(`is told nowhere when it stands in ${way} and the receiver answers ${name}`, async (t) => {
          const make = OPTIONS[kind];
          assert.ok(make, `write options of ${kind} here`);
          const sink = await httpSink();
          t.after(sink.stop);
          sink.answerWith(manner);
          const plain = make(sink.url);
          const lines: ExchangeLine[] = [];
          const channel = await maker([sink.reach]).open(kind, way === 'files' ? filed(plain, secrets) : plain);
          const deliveries: Omit<Delivery, 'handle'>[] = [];
          for (const replaces of [null, '1165339898920579073']) {
            const { handle: _, ...shown } = {
              handle: '',
              ...(await channel.send(message({ alert: alert({ replaces }) }), NEVER, (line) => lines.push(line))),
            };
            deliveries.push(shown);
          }
          const told = JSON.stringify([channel.name, deliveries, lines]);
          assert.ok(!isTold(told), told);
          assert.ok(isTold(JSON.stringify(sink.requests)), 'the receiver itself never got it: this proves nothing');
          assert.ok(
            lines.some(({ from, text }) => from === 'us' && text.includes('***')),
            'nothing was starred',
          );
        });
  });

test('S24: a secret that does not fit is refused without being shown', () => {
  for (const { kind, secrets } of kinds)
    for (const key of secrets) {
      const faults = maker([]).check(kind, { ...OPTIONS[kind]?.('http://127.0.0.1:1'), [key]: 'C4naryX9 \u0000 does not fit' });
      assert.ok(
        faults.some((fault) => fault.key === key),
        `${kind}.${key}`,
      );
      assert.ok(!isTold(JSON.stringify(faults)), JSON.stringify(faults));
    }
});
