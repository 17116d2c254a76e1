import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseTarget } from '../../src/core/index.ts';
import { REFUSED_TARGETS } from '../fixtures/hostile-targets.ts';
import { portXml, scanXml } from '../make/nmap-file.ts';
import type { Answers } from './fake-client.ts';
import { rollcall } from './fake-world.ts';
import { host, scan } from './make.ts';
import { ARGS, page, place, post, scanning } from './reporting.ts';

test('the order is plan deep, and targets of list and command line together', async () => {
  const { data, run } = place();
  writeFileSync(join(data, 'ips.txt'), '192.0.2.16/28\nnas.lan\n');
  const { calls } = await run(scanning(page()), ['-f', 'ips.txt']);
  assert.deepEqual(calls[0]?.input, { targets: ['192.0.2.0/27', 'nas.lan'], plan: 'deep' });
  assert.deepEqual(calls[2]?.input, { id: 31, as: 'xml' });
  const piped = await rollcall(['report', '-f', '-', '-o', 'x'], {
    data,
    stdin: ['192.0.2.1\n', '192.0.2.2 #'],
    answers: scanning(page()),
  });
  assert.deepEqual(piped.calls[0]?.input.targets, ['192.0.2.1-192.0.2.2']);
});

test('without a folder or a target, or with a bad one, nothing is asked of anybody', async () => {
  const cases: [readonly string[], RegExp][] = [
    [['report', '192.0.2.1'], /names no folder/],
    [['report', '-o', 'x'], /names no target/],
    [['report', '-f', 'missing.txt', '-o', 'x'], /no such file/],
    [['report', '-f', '/', '-o', 'x'], /reading \/: it is a folder/],
    [['report', '192.0.2.1', '-o', 'x', '--email', 'ops@example.org\nBcc: x@y.z'], /reading mail address/],
    [['report', '192.0.2.1', '-o', 'x', '--keep', '0'], /not a count/],
    [['report', '192.0.2.1', '-o', 'x', '--ignore', 'nothing'], /nothing/],
    [['report', '192.0.2.1/33', '-o', 'x'], /longer than the 32 bits/],
    [['report', '192.0.2.1', '-o', ''], /it is empty/],
  ];
  for (const [words, told] of cases) {
    const { code, err, calls } = await rollcall(words);
    assert.deepEqual([code, calls], [2, []], words.join(' '));
    assert.match(err, told);
  }
});

test('S1, S3: nothing of the hostile corpus gets past the list, and nobody is asked to scan', async () => {
  let refused = 0;
  for (const text of REFUSED_TARGETS) {
    const words = text.split(/[ \t\r\n]+/).filter((word) => word !== '');
    if (words.some((word) => word.startsWith('#')) || words.every((word) => parseTarget(word).ok)) continue;
    const { code, calls, err } = await rollcall(['report', '-f', '-', '-o', 'x'], { stdin: [`10.0.0.1\n${text}\n`] });
    assert.deepEqual([code, calls], [2, []], JSON.stringify(text));
    // A terminal must not obey what it is shown.
    assert.match(err, /^[\n -~]*$/, JSON.stringify(text));
    refused++;
  }
  assert.ok(refused > 400, `${refused}`);
});

test('S1: typed on the command line each word is one target: no comment, no list, and nobody is asked to scan', async () => {
  for (const command of ['report', 'nightly'])
    for (const text of REFUSED_TARGETS) {
      const { code, calls, err } = await rollcall([command, '-o', 'x', '--', '10.0.0.1', text], { answers: scanning(page()) });
      assert.deepEqual([code, calls], [2, []], `${command} ${JSON.stringify(text)}`);
      assert.match(err, /^[\n -~]*$/, JSON.stringify(text));
    }
});

test('first, same, different: exit 0, 0, 1; and JSON is the document that is kept', async () => {
  const { run, names, folder } = place();
  const codes: number[] = [];
  for (const ports of [[22], [22], [22, 80]]) codes.push((await run(scanning(page(...ports)))).code);
  assert.deepEqual(codes, [0, 0, 1]);
  const last = await run(scanning(page(22)), ['--json']);
  assert.equal(last.code, 1);
  const kept = names().filter((name) => name.endsWith('.json'));
  assert.equal(last.out, readFileSync(join(folder, kept.at(-1) as string), 'utf8'));
  const { report, scan: told, hosts, comparison } = last.json();
  assert.deepEqual([report.verdict, told.id, hosts.length, comparison.sum.different], ['different', 31, 1, 1]);
  assert.equal(kept.length, 4, 'scans that end in one second have a file each all the same');
});

test('R7: a failed scan is compared with nobody, nothing is gone, and the baseline stays', async () => {
  const { run, names } = place();
  await run(scanning(page(22)));
  const cause = { code: 'no-carrier', text: 'eth0 has no carrier' };
  for (const outcome of ['failed', 'cancelled'] as const) {
    const ran = await run(scanning('', { scan: scan({ outcome, cause, coverage: null }), hosts: [] }));
    assert.equal(ran.code, 2);
    assert.match(ran.out, /nothing is known/);
    assert.match(ran.out, /eth0 has no carrier/);
    assert.ok(!ran.calls.some(({ operation }) => operation === 'scans.export'));
  }
  assert.equal(names().filter((name) => name.startsWith('nmap-')).length, 1);
  const next = await run(scanning(page(22, 80)));
  assert.deepEqual([next.code, /80\/tcp {2}opened/.test(next.out)], [1, true]);
});

test('a kept scan that was damaged is passed over and told; the next report compares with the one before it', async () => {
  const { run, names, folder } = place();
  await run(scanning(page(22)));
  await run(scanning(page(22)));
  const [first, second = ''] = names().filter((name) => name.startsWith('nmap-'));
  writeFileSync(join(folder, second), 'garbage');
  const { code, out, err } = await run(scanning(page(22, 80)));
  assert.deepEqual([code, /80\/tcp {2}opened/.test(out), out.includes(`A  ${first}`)], [1, true, true]);
  assert.match(err, new RegExp(`reading ${second}: .*; it is compared with the scan before`));
  for (const name of names()) if (name.startsWith('nmap-')) writeFileSync(join(folder, name), 'garbage');
  const none = await run(scanning(page(22)));
  assert.deepEqual([none.code, /remedy: remove .*nmap-/.test(none.err)], [2, true]);
});

test('what a partial scan did not see is unknown, and it is no baseline for later ones', async () => {
  const { run, names } = place();
  const two = (...addresses: string[]): string =>
    scanXml({
      args: ARGS,
      total: 16,
      hosts: addresses.map((address) => ({ address, ports: portXml(22) })),
    });
  await run(scanning(two('192.0.2.2', '192.0.2.3')));
  const cause = { code: 'link-flapped', text: 'eth0 lost its carrier for a while' };
  const coverage = { addresses: ['192.0.2.2'], ports: { tcp: '22' }, depth: 'ports' as const, basis: 'asked' as const };
  const partial = await run(scanning(two('192.0.2.2'), { scan: scan({ outcome: 'partial', cause, coverage }) }));
  assert.equal(partial.code, 2, 'no difference, and not "same" either');
  assert.match(partial.out, /partial scan: no differences, 1 same, 1 unknown/);
  assert.doesNotMatch(partial.out, /gone/);
  assert.equal(names().filter((name) => name.endsWith('.partial.xml')).length, 1);
  const later = await run(scanning(two('192.0.2.2')));
  assert.equal(later.code, 1);
  assert.match(later.out, /192\.0\.2\.3.*gone/);
  assert.match(later.out, /1 scan since nmap-.*\.xml saw only a part, so this compares with that one again/);
});

test('Ctrl-C leaves the folder as it was, and mails nothing', async () => {
  const { run, names } = place();
  await run(scanning(page(22)));
  const before = names();
  let press = (): void => {};
  const answers: Answers = {
    ...scanning(page(22), { scan: scan({ outcome: 'cancelled', cause: { code: 'stopped', text: 'it was cancelled' } }) }),
    'scans.start': () => {
      press();
      return { scan: scan({ outcome: 'running', finishedAt: null }) };
    },
    'scans.cancel': () => ({ scan: scan() }),
  };
  const { sent, openMail } = post();
  const ran = await run(answers, ['--email', 'ops@example.org'], { interrupts: (pressed) => (press = pressed), world: { openMail } });
  assert.deepEqual([ran.code, names(), sent], [130, before, []]);
});

test('S5: what hosts call themselves stays text in all three forms', async () => {
  const { run, folder, names } = place();
  const evil = '&lt;script&gt;alert(1)&lt;/script&gt;';
  await run(scanning(page(22)));
  const xml = scanXml({ args: ARGS, hosts: [{ address: '192.0.2.2', name: evil, ports: `${portXml(22)}${portXml(80)}` }] });
  const ran = await run(scanning(xml, { hosts: [host({ names: ['<script>\u001b[2J'] })], warnings: ['<img src=x>'] }));
  assert.doesNotMatch(ran.out, /\u001b/);
  const html = readFileSync(join(folder, names().findLast((name) => name.endsWith('.html')) as string), 'utf8');
  assert.doesNotMatch(html, /<script|<img/);
  assert.match(html, /&lt;script&gt;/);
  const first = place();
  await first.run(scanning(page(22), { hosts: [host({ names: ['<script>\u001b[2J'] })] }));
  const page1 = readFileSync(join(first.folder, first.names().findLast((name) => name.endsWith('.html')) as string), 'utf8');
  assert.doesNotMatch(page1, /<script|\u001b/);
});
