import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { createEmail } from '../../src/channels/index.ts';
import type { Channel, Delivery, ExchangeLine, Message } from '../../src/core/index.ts';
import { certificate, type Manners, mailServer, muteServer } from '../make/mail-server.ts';
import { needs } from '../needs.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-mail-'));
after(() => rmSync(folder, { recursive: true }));

const ENDS = { from: 'rollcall@example.org', to: 'ops@example.org', ca: null };
const NEVER = new AbortController().signal;

const message = (over: Partial<Message> = {}): Message => ({
  id: '2026-11-27T210500Z.0011aabb',
  at: Date.UTC(2026, 10, 27, 21, 5),
  subject: 'three devices differ',
  text: 'plain words\n',
  html: '<p>shown words</p>\n',
  attachments: [],
  ...over,
});

const by = (port: number, login = ''): Channel => createEmail({ ...ENDS, way: { kind: 'smtp', url: `smtp://${login}127.0.0.1:${port}` } });

/** What becomes of a message at a server of these manners, and what that server got. */
async function sentTo(manners: Manners, sent: Message = message()) {
  const server = await mailServer(manners);
  try {
    return { delivery: await by(server.port).send(sent, NEVER), mails: server.mails };
  } finally {
    await server.stop();
  }
}

const refused = (delivery: Delivery): Extract<Delivery, { outcome: 'refused' }> => {
  assert.equal(delivery.outcome, 'refused');
  return delivery;
};

const headersOf = (text: string): string[] => {
  const head = text.slice(0, text.indexOf('\r\n\r\n'));
  return head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
};

test('a mail arrives with its text, its page, and the id by which a double is known', async () => {
  const attachments = [{ name: 'report.json', type: 'application/json' as const, text: '{"a": "ä"}' }];
  const { delivery, mails } = await sentTo({}, message({ attachments }));
  assert.deepEqual(delivery, { outcome: 'delivered', receipt: '250 taken' });
  const [mail] = mails;
  assert.deepEqual([mail?.from, mail?.to], ['rollcall@example.org', ['ops@example.org']]);
  const headers = headersOf(mail?.text ?? '');
  for (const line of [
    'From: rollcall@example.org',
    'To: ops@example.org',
    'Subject: three devices differ',
    'Auto-Submitted: auto-generated',
  ])
    assert.ok(headers.includes(line), line);
  assert.ok(headers.includes('Message-ID: <2026-11-27T210500Z.0011aabb@example.org>'));
  assert.ok(headers.includes('Date: Fri, 27 Nov 2026 21:05:00 +0000'));
  for (const bit of ['text/plain; charset=utf-8', 'plain words', 'text/html; charset=utf-8', '<p>shown words</p>', 'filename=report.json'])
    assert.ok(mail?.text.includes(bit), bit);
});

test('S22: no name of the network makes a header, whatever line ends and signs it has', async () => {
  const attacks = [
    'x\r\nBcc: thief@example.org',
    'x\nTo: thief@example.org',
    'x\r\n\r\n<html>',
    'x\u2028Bcc: y',
    'x\0\x1b[31m',
    '=?utf-8?q?Bcc:?=',
    '\ud800',
    'ä'.repeat(5000),
  ];
  for (const attack of attacks) {
    const attachments = [{ name: `${attack}"; filename="evil.exe`, type: 'text/plain' as const, text: 'x' }];
    const { delivery, mails } = await sentTo(
      {},
      message({ subject: attack, text: `${attack}\r\n.\r\nMAIL FROM:<x@y.z>`, id: `a${attack}`, attachments }),
    );
    assert.equal(delivery.outcome, 'delivered', JSON.stringify(attack));
    assert.equal(mails.length, 1);
    assert.deepEqual(mails[0]?.to, ['ops@example.org']);
    const names = headersOf(mails[0]?.text ?? '').map((line) => line.split(':')[0]?.toLowerCase());
    assert.deepEqual(
      names.sort(),
      ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'],
      JSON.stringify(attack),
    );
  }
});

test('addresses that are none are refused before anything is connected', () => {
  const hostile = [
    'ops@example.org\r\nBcc: x@y.z',
    'a@b.c, d@e.f',
    '-oQ/tmp@example.org',
    'Ops <ops@example.org>',
    'ops',
    '@example.org',
    'a b@c.d',
    'ops@exa mple.org',
    '"a b"@c.d',
    'ops@[127.0.0.1]',
    '',
    'a@-b.c',
    `${'a'.repeat(65)}@b.c`,
    'a@b.c\0',
    'ä@b.c',
  ];
  for (const to of hostile)
    assert.throws(() => createEmail({ ...ENDS, to, way: { kind: 'smtp', url: 'smtp://127.0.0.1' } }), /reading mail address/, to);
  for (const to of ['root@localhost', "o'neil+lan@mail.example.org", 'a@b'])
    createEmail({ ...ENDS, to, way: { kind: 'smtp', url: 'smtp://127.0.0.1' } });
});

test('S24: a URL that is none, or that would switch trust off, is refused without being shown', () => {
  const urls = [
    'http://u:canary@h',
    'smtp://u:canary@h?tls.rejectUnauthorized=false',
    'smtp://u:canary@h/x',
    'smtp://u:canary@h:99999',
    'smtp://u:can%zzary@h',
    'smtp://u:canary@',
    'smtp://canary@h#x',
    'canary',
    'smtp://u:canary@h\r\n',
    'smtp://-h',
  ];
  for (const url of urls)
    assert.throws(
      () => createEmail({ ...ENDS, way: { kind: 'smtp', url } }),
      (fault: Error & { remedy?: string }) =>
        !`${fault.message}${fault.remedy}`.includes('canary') && /reading the mail URL/.test(fault.message),
      url,
    );
});

test('R20: 4xx to a receiver or to the mail waits for another try, 5xx never gets one; others may still be taken', async () => {
  const cases: [Manners, { what: string; again: boolean }][] = [
    [{ refuseReceiver: () => ({ code: 451, text: 'greylisted' }) }, { what: 'message', again: true }],
    [{ refuseReceiver: () => ({ code: 550, text: 'no such user' }) }, { what: 'message', again: false }],
    [{ refuseMail: () => ({ code: 452, text: 'full' }) }, { what: 'message', again: true }],
    [{ refuseMail: () => ({ code: 554, text: 'spam' }) }, { what: 'message', again: false }],
    [{ refuseReceiver: () => ({ code: 421, text: 'closing' }) }, { what: 'channel', again: true }],
  ];
  for (const [manners, expected] of cases) {
    const { delivery, mails } = await sentTo(manners);
    const { what, again, reason } = refused(delivery);
    assert.deepEqual({ what, again }, expected, reason);
    assert.equal(mails.length, 0);
  }
});

test('a server that is not there, is mute, talks nonsense or turns everybody away stops only this round', async () => {
  const gone = await muteServer();
  await gone.stop();
  const nothing = refused(await by(gone.port).send(message(), NEVER));
  assert.match(nothing.reason, new RegExp(`^mail server 127\\.0\\.0\\.1:${gone.port} says: .*ECONNREFUSED`));
  assert.match(nothing.remedy, /that the mail server runs/);
  for (const greeting of ['554 go away\r\n', 'HTTP/1.1 200 OK\r\n\r\n', '\0\0\0\0\r\n']) {
    const server = await muteServer(greeting);
    const { what, again } = refused(await by(server.port).send(message(), NEVER));
    assert.deepEqual([what, again], ['channel', true], greeting);
    await server.stop();
  }
});

test('whoever stops it waits no longer', async () => {
  const server = await muteServer();
  const stop = new AbortController();
  const sending = by(server.port).send(message(), stop.signal);
  setImmediate(() => stop.abort());
  const { what, again } = refused(await sending);
  assert.deepEqual([what, again], ['channel', true]);
  assert.equal(refused(await by(server.port).send(message(), AbortSignal.abort())).what, 'channel');
  await server.stop();
});

test('a password is never sent in the clear to another machine, and never told when it is wrong', async () => {
  const server = await mailServer({ password: 'right', allowInsecureAuth: true });
  const wrong = refused(await by(server.port, 'me:canary%40secret@').send(message(), NEVER));
  assert.equal(wrong.what, 'channel');
  assert.match(wrong.remedy, /user and password/);
  assert.doesNotMatch(JSON.stringify(wrong), /canary/);
  assert.equal((await by(server.port, 'me:right@').send(message(), NEVER)).outcome, 'delivered', 'on the loopback it may be');
  assert.equal(server.mails[0]?.user, 'me');
  await server.stop();
});

test('S24: a server that repeats the password, at whatever place, cannot make us tell any of it', async () => {
  const canary = 'canary-of-the-mail-server';
  for (const before of [0, 250, 275, 285]) {
    const scolds = (password: string): string => `${'x'.repeat(before)} ${password} ${Buffer.from(password).toString('base64')}`;
    const server = await mailServer({ password: 'right', allowInsecureAuth: true, scolds });
    const lines: ExchangeLine[] = [];
    const wrong = refused(await by(server.port, `me:${canary}@`).send(message(), NEVER, (line) => lines.push(line)));
    await server.stop();
    assert.match(wrong.reason, /x|\*\*\*/);
    assert.doesNotMatch(JSON.stringify([wrong, lines]), /canary|Y2FuYX/, String(before));
  }
});

describe('TLS', needs('openssl'), () => {
  const { key, cert, path } = certificate();

  test('smtps and STARTTLS are used, and a certificate nobody vouches for is refused where a password goes', async () => {
    const server = await mailServer({ key, cert, secure: true, password: 'right' });
    const url = `smtps://me:right@localhost:${server.port}`;
    const strange = refused(await createEmail({ ...ENDS, way: { kind: 'smtp', url } }).send(message(), NEVER));
    assert.match(strange.reason, /self.signed certificate/);
    assert.equal((await createEmail({ ...ENDS, ca: path, way: { kind: 'smtp', url } }).send(message(), NEVER)).outcome, 'delivered');
    assert.deepEqual([server.mails.length, server.mails[0]?.secure], [1, true]);
    const other = refused(
      await createEmail({ ...ENDS, ca: join(folder, 'nothing.pem'), way: { kind: 'smtp', url } }).send(message(), NEVER),
    );
    assert.match(other.reason, /reading \[mail\] ca .*: there is no such file$/);
    await server.stop();
  });

  test('what is offered without a password is taken, trusted or not', async () => {
    const server = await mailServer({ key, cert });
    assert.equal((await by(server.port).send(message(), NEVER)).outcome, 'delivered');
    assert.equal(server.mails[0]?.secure, true);
    await server.stop();
  });
});

/** A sendmail of this test. */
function sendmail(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const handedTo = (path: string, signal: AbortSignal = NEVER): Promise<Delivery> =>
  createEmail({ ...ENDS, way: { kind: 'sendmail', path } }).send(message(), signal);

test('a sendmail gets the mail on its stdin, its words one by one, and none of our environment', async () => {
  process.env['ROLLCALL_MAIL_URL'] = 'smtp://u:canary@h';
  const path = sendmail('fine', `{ printf '%s|' "$@"; echo; env; cat; } > ${join(folder, 'got')}`);
  assert.equal((await handedTo(path)).outcome, 'delivered');
  delete process.env['ROLLCALL_MAIL_URL'];
  const got = readFileSync(join(folder, 'got'), 'utf8');
  assert.ok(got.startsWith('-i|-f|rollcall@example.org|--|ops@example.org|\n'));
  assert.match(got, /^Subject: three devices differ$/m);
  assert.match(got, /plain words/);
  assert.doesNotMatch(got, /canary/);
});

test('what a sendmail ends with says whether it is tried again', async () => {
  const code = async (number: number) =>
    refused(await handedTo(sendmail(`code${number}`, `cat >/dev/null; echo "no \u001b[31m way" >&2; exit ${number}`)));
  const [user, later, odd] = [await code(67), await code(75), await code(1)];
  assert.deepEqual(
    [user.what, user.again, later.what, later.again, odd.what, odd.again],
    ['message', false, 'channel', true, 'channel', true],
  );
  assert.match(later.reason, /code75 ended with 75: no \[31m way$/);
  assert.match(refused(await handedTo(join(folder, 'missing'))).reason, /starting .*missing: there is no such file$/);
  assert.match(refused(await handedTo(sendmail('early', 'exit 70'))).reason, /ended with 70/);
});

test('a sendmail that hangs is stopped, and waited for', async () => {
  const stop = new AbortController();
  const path = sendmail('hangs', `echo $$ > ${join(folder, 'pid')}; exec sleep 600`);
  const sending = handedTo(path, stop.signal);
  for (const end = performance.now() + 5000; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, 10))) {
    try {
      if (readFileSync(join(folder, 'pid'), 'utf8').endsWith('\n')) break;
    } catch {} // not started yet
  }
  stop.abort();
  assert.match(refused(await sending).reason, /ended with being stopped \(SIGTERM\)/);
  assert.throws(() => process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0), { code: 'ESRCH' });
});
