import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ATTACKS, differing, EVERY_KIND, hostileItems, kindOf, sides, stream, sum, who } from '../../../../test/make/comparison.ts';
import type { ComparisonItem } from '../../../core/index.ts';
import { Output } from '../../terminal/output.ts';
import { textLines } from './text.ts';

process.env['TZ'] = 'UTC';

async function printed(items: readonly ComparisonItem[], { tty = false, verbose = false } = {}): Promise<string> {
  let text = '';
  const sink = { isTTY: tty, write: (more: string) => (text += more), on: () => {} };
  const out = new Output({ stdout: sink, stderr: sink, env: { TERM: 'xterm' } }, { json: false, quiet: false, verbose });
  for await (const line of textLines(stream(...items), { verbose })) out.line(...line);
  return text;
}

const silent = (n: number): ComparisonItem =>
  differing([], {
    device: who({ name: null, addresses: [`10.0.1.${n}`], macs: [] }),
    unknown: [{ what: 'device', side: 'b', text: `10.0.1.${n} was not asked` }],
  });

test('a comparison reads from the sides over the devices to the sum', async () => {
  const appeared = differing([kindOf('device.appeared')], {
    pairedBy: null,
    device: who({ name: 'cam', addresses: ['10.0.0.4'], macs: ['02:00:5e:00:53:09'], vendor: null }),
  });
  const changed = differing([kindOf('port.opened'), kindOf('port.closed'), kindOf('service.changed'), kindOf('script.changed')], {
    unknown: [{ what: 'ports', side: 'a', text: 'udp port 161 was not asked' }],
  });
  const left = differing([kindOf('device.left')], { device: who({ addresses: ['10.0.0.12'], name: null, macs: [] }) });
  const total = sum({ different: 3, unknown: 2, kinds: { 'device.appeared': 1, 'device.left': 1 } });
  assert.equal(
    await printed([sides(), appeared, changed, left, silent(1), silent(2), total]),
    [
      'A  monday.xml  2026-11-16 03:00:05, 60 devices',
      'B  tuesday.xml  2026-11-17 03:00:05, 61 devices',
      '',
      '+ 10.0.0.4 cam (02:00:5e:00:53:09)  new',
      '  + 22/tcp  open  ssh OpenSSH 9.2',
      '  + 80/tcp  open',
      '',
      '~ 10.0.0.5 printer (00:00:5e:00:53:01, ACME)',
      '  + 22/tcp   opened  ssh OpenSSH 9.2',
      '  - 23/tcp   closed  telnet',
      '  ~ 443/tcp  ssl/http nginx 1.22 -> ssl/http nginx 1.24',
      '  ~ 443/tcp  ssl-cert',
      '      - Not valid after: 2026-12-01',
      '      + Not valid after: 2027-12-01',
      '  ? in A udp port 161 was not asked',
      '',
      '- 10.0.0.12 (ACME)  gone',
      '  - last seen  2026-11-16 03:00:05',
      '',
      '? 10.0.1.1 (ACME): in B 10.0.1.1 was not asked',
      '? 10.0.1.2 (ACME): in B 10.0.1.2 was not asked',
      '',
      '3 devices differ (1 new, 1 gone), 57 same, 2 unknown',
      '',
    ].join('\n'),
  );
});

test('without differences the sum says so', async () => {
  const lines = (await printed([sides(), sum()])).split('\n');
  assert.deepEqual(lines.slice(2), ['', 'no differences, 57 same', '']);
});

test('many devices of which nothing can be said are counted, and told with --verbose', async () => {
  const items = [sides(), ...Array.from({ length: 300 }, (_, i) => silent(i)), sum({ unknown: 300 })];
  const short = await printed(items);
  assert.equal(short.split('\n').filter((line) => line.startsWith('? 10.0.1.')).length, 5);
  assert.match(short, /^\? of 295 more devices nothing can be said \(--verbose tells them all\)$/m);
  const long = await printed(items, { verbose: true });
  assert.equal(long.split('\n').filter((line) => line.startsWith('? 10.0.1.')).length, 300);
  assert.doesNotMatch(long, /more devices/);
});

test('marks have tones on a terminal, and none elsewhere', async () => {
  const items = [sides(), differing([kindOf('port.opened'), kindOf('port.closed'), kindOf('service.changed')]), silent(1), sum()];
  const coloured = await printed(items, { tty: true });
  for (const bit of [
    '\u001b[32m+\u001b[39m 22/tcp',
    '\u001b[31m-\u001b[39m 23/tcp',
    '\u001b[33m~\u001b[39m 443/tcp',
    '\u001b[2m? 10.0.1.1',
  ])
    assert.ok(coloured.includes(bit), bit);
  assert.doesNotMatch(await printed(items), /\u001b/);
});

test('S5, S6: no text of the network steers a terminal, hides, or makes a line of its own', async () => {
  for (const attack of ATTACKS) {
    const text = await printed(hostileItems(attack));
    assert.doesNotMatch(
      text,
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/,
      attack,
    );
    for (const line of text.split('\n'))
      assert.match(line, /^(?:$|[AB] {2}|[-+~!?] |  [-+~!?] |      [-+] |1[0-3] devices differ)/, attack);
  }
});

test('a comparison of every kind of difference at once holds no empty words', async () => {
  const text = await printed([sides(), differing(EVERY_KIND), sum()]);
  assert.doesNotMatch(text, /undefined|null|NaN|\[object/);
});
