import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ScanResultJson } from '../../src/contract/index.ts';
import { type Channel, type Delivery, Fault, type Message } from '../../src/core/index.ts';
import { portXml, scanXml } from '../make/nmap-file.ts';
import type { Answers } from './fake-client.ts';
import { emptyFolder, type Given, type Ran, rollcall } from './fake-world.ts';
import { host, result, scan, stream } from './make.ts';

const CONFIG = '[mail]\nurl = "smtp://me:canary@mail.example.org"\nfrom = "rollcall@example.org"\n';

const ARGS = 'nmap -sS -p22,80 -- 192.0.2.0/28';

const page = (...ports: readonly number[]): string =>
  scanXml({ args: ARGS, hosts: [{ address: '192.0.2.2', ports: ports.map((port) => portXml(port)).join('') }] });

/** A client whose scan ends so, and leaves this XML. */
function scanning(xml: string, over: Partial<ScanResultJson> = {}): Answers {
  const taken = result({ changes: [], ...over });
  return {
    'scans.start': () => ({ scan: scan({ outcome: 'running', finishedAt: null }) }),
    'scans.follow': () => stream({ kind: 'result', result: taken }),
    'scans.export': () => new File([xml], 'scan.xml'),
  };
}

const DELIVERED: Delivery = { outcome: 'delivered', receipt: '' };
const refusal = (what: 'message' | 'channel', again: boolean): Delivery => ({
  outcome: 'refused',
  reason: `refused as ${what}`,
  remedy: 'mend it',
  what,
  again,
  after: null,
});

interface Post {
  readonly sent: { readonly to: string; readonly message: Message }[];
  readonly openMail: (mail: { readonly to: string }) => Promise<Channel>;
}

/** Mail that goes nowhere: each receiver is answered so. */
function post(answer: (to: string) => Delivery = () => DELIVERED): Post {
  const sent: Post['sent'] = [];
  const openMail: Post['openMail'] = async ({ to }) => ({
    name: to,
    send: async (message) => {
      sent.push({ to, message });
      return answer(to);
    },
  });
  return { sent, openMail };
}

/** A place to work in, with a config that says how mail leaves. */
function place() {
  const data = emptyFolder();
  mkdirSync(join(data, 'rollcall'));
  writeFileSync(join(data, 'rollcall', 'rollcall.toml'), CONFIG);
  const folder = join(data, 'reports');
  const run = (answers: Answers, words: readonly string[] = [], given: Given = {}): Promise<Ran> =>
    rollcall(['report', '192.0.2.0/28', '-o', folder, ...words], { data, answers, ...given });
  return {
    data,
    folder,
    run,
    names: (under = '.') =>
      readdirSync(join(folder, under))
        .filter((name) => name !== '.lock')
        .sort(),
  };
}

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

test('each receiver gets a mail of their own, with text and page; the password stands nowhere', async () => {
  const { run, folder } = place();
  const { sent, openMail } = post();
  const ran = await run(scanning(page(22)), ['--email', 'a@example.org', '--email', 'b@example.org', '--email', 'a@example.org'], {
    world: { openMail },
  });
  assert.equal(ran.code, 0, ran.err);
  assert.deepEqual(
    sent.map(({ to }) => to),
    ['a@example.org', 'b@example.org'],
  );
  const [first, second] = sent.map(({ message }) => message) as [Message, Message];
  assert.notEqual(first.id, second.id);
  assert.equal(first.subject, '[rollcall] 192.0.2.0/28: first report, 1 host up');
  assert.equal(first.text, ran.out);
  assert.match(first.html ?? '', /^<!DOCTYPE html>/);
  assert.deepEqual(readdirSync(join(folder, 'outbox')), []);
  assert.doesNotMatch(JSON.stringify([ran.out, ran.err, sent]), /canary/);
});

test('R17, R18: a mail that is not taken waits, and keeps its id; the oldest goes first', async () => {
  const { run, names } = place();
  const down = post(() => refusal('channel', true));
  for (let i = 0; i < 2; i++) {
    const ran = await run(scanning(page(22)), ['--email', 'ops@example.org'], { world: { openMail: down.openMail } });
    assert.equal(ran.code, 2);
    assert.match(
      ran.err,
      /mailing to ops@example\.org: refused as channel; it is kept in .*outbox, and tried again at the next run\n.*remedy: mend it/,
    );
  }
  assert.equal(names('outbox').length, 2);
  assert.equal(down.sent.length, 3, 'one the first time, the older one twice the second: at the start and at the end');
  const up = post();
  const ran = await run(scanning(page(22)), [], { world: { openMail: up.openMail } });
  assert.equal(ran.code, 0, ran.err);
  assert.deepEqual(
    up.sent.map(({ message }) => message.at).toSorted(),
    up.sent.map(({ message }) => message.at),
  );
  assert.equal(up.sent[0]?.message.id, down.sent[0]?.message.id);
  assert.equal(up.sent.length, 2);
  assert.match(ran.err, /mailed to ops@example\.org \(written 2026-/);
});

test('R20: a mail that is never taken is set aside and told, once; those after it go out', async () => {
  const { run, names } = place();
  const { sent, openMail } = post((to) => (to === 'gone@example.org' ? refusal('message', false) : DELIVERED));
  const ran = await run(scanning(page(22)), ['--email', 'gone@example.org', '--email', 'ops@example.org'], { world: { openMail } });
  assert.equal(ran.code, 2);
  assert.match(ran.err, /mailing to gone@example\.org: refused as message; it is set aside as .*refused\/mail-/);
  assert.deepEqual([sent.length, names('outbox'), names('outbox/refused').length], [2, ['refused'], 1]);
  assert.equal((await run(scanning(page(22)))).code, 0);
  assert.equal(sent.length, 2);
});

test('a mail refused for now does not hold up those after it', async () => {
  const { run, names } = place();
  const { sent, openMail } = post((to) => (to === 'slow@example.org' ? refusal('message', true) : DELIVERED));
  const ran = await run(scanning(page(22)), ['--email', 'slow@example.org', '--email', 'ops@example.org'], { world: { openMail } });
  assert.deepEqual([ran.code, sent.length, names('outbox').length], [2, 2, 1]);
});

test('files in the outbox that are none of ours, or damaged, hurt nobody', async () => {
  const { run, folder, names } = place();
  mkdirSync(join(folder, 'outbox'), { recursive: true, mode: 0o700 });
  for (const [name, text] of [
    ['mail-0.json', '{'],
    ['mail-1.json', '{"to": 5}'],
    ['mail-2.json', 'null'],
    ['notes.txt', 'x'],
  ] as const)
    writeFileSync(join(folder, 'outbox', name), text);
  const evil = {
    to: 'x@y.z\r\nBcc: a@b.c',
    message: { id: 'x', at: 1, subject: 's', text: 't', html: null, attachments: [] },
    attempts: 0,
    last: null,
  };
  writeFileSync(join(folder, 'outbox', 'mail-3.json'), JSON.stringify(evil));
  const { sent, openMail } = post();
  const ran = await run(scanning(page(22)), ['--email', 'ops@example.org'], { world: { openMail } });
  assert.deepEqual(
    sent.map(({ to }) => to),
    ['ops@example.org'],
    ran.err,
  );
  assert.ok(names('outbox/refused').includes('mail-3.json'));
});

test('settings of mail that can never work are told before anything is scanned', async () => {
  const { run } = place();
  const openMail = async (): Promise<never> => {
    throw new Fault('bad-input', 'reading the mail URL: it is not the address of a mail server', 'write one');
  };
  const { code, err, calls } = await run({}, ['--email', 'ops@example.org'], { world: { openMail } });
  assert.deepEqual([code, calls], [2, []]);
  assert.match(err, /reading the mail URL/);
});

test('ROLLCALL_MAIL_URL beats the config, and url_file keeps a password out of it', async () => {
  const { data, run } = place();
  const routes: object[] = [];
  const { openMail: fine } = post();
  const openMail = async (mail: { readonly to: string; readonly way: object }): Promise<Channel> => {
    routes.push(mail.way);
    return fine(mail);
  };
  const words = ['--email', 'ops@example.org'];
  await run(scanning(page(22)), words, { world: { openMail }, env: { ROLLCALL_MAIL_URL: 'smtp://other.example.org' } });
  assert.deepEqual(routes[0], { kind: 'smtp', url: 'smtp://other.example.org' });
  writeFileSync(join(data, 'secret'), 'smtps://u:p@third.example.org\n');
  writeFileSync(join(data, 'rollcall', 'rollcall.toml'), `[mail]\nurl_file = "${join(data, 'secret')}"\n`);
  routes.length = 0;
  await run(scanning(page(22)), words, { world: { openMail } });
  assert.deepEqual(routes[0], { kind: 'smtp', url: 'smtps://u:p@third.example.org' });
  writeFileSync(join(data, 'rollcall', 'rollcall.toml'), '[mail]\nsendmail = "/opt/sendmail"\n');
  routes.length = 0;
  await run(scanning(page(22)), words, { world: { openMail } });
  assert.deepEqual(routes[0], { kind: 'sendmail', path: '/opt/sendmail' });
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
