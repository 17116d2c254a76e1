import assert from 'node:assert/strict';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createChannelMaker } from '../../src/channels/index.ts';
import { readConfig } from '../../src/config/index.ts';
import { httpSink } from './sinks/http-sink.ts';
import { message, NEVER, opened, worldOf } from './sinks/opened.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/channels.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(/^```(\w+)\n(.*?)^```/gms)].filter(([, name]) => name === language).map(([, , text]) => text!);

test('every kind and every option of it is explained, with an example that can be saved', () => {
  const shown = blocks('toml').flatMap((block) => {
    const reading = readConfig(block, 'docs/channels.md');
    assert.ok(reading.ok, `${block}${reading.ok ? '' : JSON.stringify(reading.faults)}`);
    const maker = createChannelMaker(worldOf(reading.config.alerts.reach));
    return reading.config.channels.map(({ kind, options }) => {
      assert.deepEqual(maker.check(kind, options), [], kind);
      return kind;
    });
  });
  for (const { kind, options } of createChannelMaker(worldOf()).kinds) {
    assert.ok(shown.includes(kind), `${kind} has no example`);
    const [section = ''] = page.match(new RegExp(`^## [^\\n]*\\b${kind}\\b[^]*?(?=^## )`, 'm')) ?? [];
    for (const { key } of options.filter((one) => !one.key.endsWith('_file'))) assert.ok(section.includes(`\`${key}\``), `${kind}: ${key}`);
    assert.ok(page.includes(`| [\`${kind}\`](#`), kind);
  }
});

test('the page of a webhook is as shown', async () => {
  const sink = await httpSink();
  const channel = await opened('webhook', { url: sink.url }, worldOf([sink.reach]));
  const { alert, ...rest } = message({ id: 'home-12-opened-hook' });
  await channel.send({ ...rest, alert: { ...alert!, thread: 'home-12-hook' } }, NEVER);
  assert.deepEqual(JSON.parse(sink.requests[0]!.body), JSON.parse(blocks('json')[0]!));
  await sink.stop();
});

test('three lines are enough to check a signature', async () => {
  const sink = await httpSink();
  const secret = 'a-long-word-that-both-sides-know';
  await (await opened('webhook', { url: sink.url, secret }, worldOf([sink.reach]))).send(message(), NEVER);
  const { headers, body } = sink.requests[0]!;
  const source = `export const check = (headers, body, secret, given, createHmac, timingSafeEqual) => {\n${blocks('js')[0]!}\nreturn ours;\n};`;
  const { check } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  const judged = (text: string, key = secret): unknown =>
    check(headers, text, key, Buffer.from(headers['x-rollcall-signature']!), createHmac, timingSafeEqual);
  assert.deepEqual([judged(body), judged(`${body} `), judged(body, 'another')], [true, false, false]);
  await sink.stop();
});
