import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Channel, Fault, type Message } from '../../src/core/index.ts';
import { DELIVERED, page, place, post, refusal, scanning } from './reporting.ts';

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

test('a mail in the outbox that is damaged is set aside and told, once; other files are left alone', async () => {
  const { run, folder, names } = place();
  mkdirSync(join(folder, 'outbox'), { recursive: true, mode: 0o700 });
  const sound = { id: 'x', at: 1, subject: 's', text: 't', html: null, attachments: [] };
  const damaged = [
    '{',
    '',
    'null',
    '[]',
    '{"to": 5}',
    '{"to": "a@b.c"}',
    JSON.stringify({ to: 'a@b.c', message: { ...sound, at: 'soon' } }),
  ];
  for (const more of [
    { at: 1e300 },
    { html: 5 },
    { attachments: [5] },
    { attachments: 'x' },
    { attachments: [{ name: 'x', type: 'y' }] },
    { subject: null },
  ])
    damaged.push(JSON.stringify({ to: 'a@b.c', message: { ...sound, ...more } }));
  for (const [i, text] of damaged.entries()) writeFileSync(join(folder, 'outbox', `mail-${i}.json`), text);
  writeFileSync(join(folder, 'outbox', 'notes.txt'), 'x');
  writeFileSync(
    join(folder, 'outbox', 'mail-evil.json'),
    JSON.stringify({ to: 'x@y.z\r\nBcc: a@b.c', message: sound, attempts: 0, last: null }),
  );
  const { sent, openMail } = post();
  const ran = await run(scanning(page(22)), ['--email', 'ops@example.org'], { world: { openMail } });
  assert.deepEqual(
    sent.map(({ to }) => to),
    ['ops@example.org'],
    ran.err,
  );
  assert.equal(ran.code, 2);
  assert.equal(ran.err.match(/a mail that waited is damaged; it is set aside as /g)?.length, damaged.length);
  assert.equal(names('outbox/refused').length, damaged.length + 1);
  assert.deepEqual(names('outbox'), ['notes.txt', 'refused']);
  assert.equal((await run(scanning(page(22)), ['--email', 'ops@example.org'], { world: { openMail } })).code, 0, 'told once');
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

test('mails that wait do not keep anybody from reporting, where nothing says any more how mail leaves', async () => {
  const { data, run, names } = place();
  const down = post(() => refusal('channel', true));
  await run(scanning(page(22)), ['--email', 'ops@example.org'], { world: { openMail: down.openMail } });
  writeFileSync(join(data, 'rollcall', 'rollcall.toml'), '[mail]\nurl_file = "/nowhere/url"\n');
  const ran = await run(scanning(page(22)));
  assert.equal(ran.code, 0, ran.err);
  assert.match(ran.err, /mails wait in .*outbox, and reading \[mail\] url_file \/nowhere\/url/);
  assert.equal(names('outbox').length, 1);
});

test('a link in place of the outbox is not followed', async () => {
  const { data, folder, run } = place();
  mkdirSync(folder, { mode: 0o700 });
  mkdirSync(join(data, 'elsewhere'));
  symlinkSync(join(data, 'elsewhere'), join(folder, 'outbox'));
  const { openMail } = post();
  const ran = await run(scanning(page(22)), ['--email', 'ops@example.org'], { world: { openMail } });
  assert.equal(ran.code, 2);
  assert.match(ran.err, /using folder .*outbox: it is a link/);
  assert.deepEqual(readdirSync(join(data, 'elsewhere')), []);
});
