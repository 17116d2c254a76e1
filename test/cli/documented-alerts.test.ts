/** What the pages and the help say can be typed about alerts can be. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { REASONS } from '../../src/core/index.ts';
import { backtest, channel, incident, mute, NTFY, notification, rule } from './alert-makers.ts';
import type { Answers } from './fake-client.ts';
import { emptyFolder, rollcall } from './fake-world.ts';
import { change } from './make.ts';

const page = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

const ABOUT = ['rule', 'channel', 'mute', 'mutes', 'unmute', 'incidents', 'ack', 'outbox', 'resend'];

/** The words of each command line in a text, as a shell would part them; remarks and what is piped in are left out. */
function commandLines(text: string): string[][] {
  const lines = [...text.matchAll(/^ {2,4}(?:\$ )?rollcall ((?:\S+ ?)+)/gm)].map(([, line = '']) => line.replace(/ (?:#|<) .*$/, ''));
  return lines.map(wordsOf).filter(([command = '']) => ABOUT.includes(command));
}

const wordsOf = (line: string): string[] =>
  [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));

const { what: _, trouble: __, waiting: ___, dead: ____, deliveredAt: _____, againAt: ______, ...setup } = channel();

const ANSWERS: Answers = {
  'rules.list': () => [rule({ name: 'other' })],
  'rules.show': () => rule(),
  'rules.put': () => rule(),
  'rules.edit': () => rule(),
  'rules.drop': () => rule(),
  'rules.test': () => backtest({ sent: [] }),
  'channels.list': () => [channel({ name: 'other' })],
  'channels.kinds': () => [NTFY],
  'channels.put': () => channel(),
  'channels.edit': () => channel(),
  'channels.drop': () => setup,
  'channels.test': () => ({ delivery: { outcome: 'delivered', receipt: '' }, exchange: [] }),
  'mutes.list': () => [mute()],
  'mutes.add': () => mute(),
  'mutes.end': () => mute(),
  'incidents.list': () => [incident()],
  'incidents.show': () => ({ incident: incident(), notifications: [] }),
  'incidents.acknowledge': () => [incident()],
  'notifications.list': () => [notification()],
  'notifications.resend': () => [notification()],
  'why.change': () => ({ change: change(), steps: [], beside: [], verdict: null }),
};

/** Files named with @ are there. */
function withFiles(words: readonly string[], data: string): string[] {
  writeFileSync(join(data, 'file'), 'x');
  return words.map((word) => word.replace(/=@[^@].*$/, '=@file'));
}

test('every command line about alerts in the pages and in the help can be typed so', async () => {
  const help = await Promise.all(ABOUT.map(async (name) => (await rollcall([name, '--help'])).out));
  const lines = commandLines([page('docs/alerts.md'), page('README.md'), ...help].join('\n'));
  assert.ok(lines.length > 50, `only ${lines.length} were found`);
  for (const words of lines) {
    const data = emptyFolder();
    const { code, err } = await rollcall(withFiles(words, data), { answers: ANSWERS, data, stdin: ['x'] });
    assert.equal(code, 0, `${words.join(' ')}\n${err}`);
  }
});

test('every option of a rule and every reason is explained', async () => {
  const text = page('docs/alerts.md');
  const { out } = await rollcall(['rule', '--help']);
  const options = [...out.matchAll(/^ +(--[a-z-]+)/gm)].map(([, option = '']) => option);
  const apart = new Set(['--json', '--data', '--config', '--no-drift', '--no-through', '--resolved', '--until']);
  for (const option of options.filter((one) => !apart.has(one))) assert.ok(text.includes(option), option);
  for (const reason of REASONS) assert.ok(text.includes(`\`${reason}\``), reason);
});
