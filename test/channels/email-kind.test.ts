import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChannelMaker, type MailWay } from '../../src/channels/index.ts';
import { type ExchangeLine, Fault } from '../../src/core/index.ts';
import { type Becomes, channelContract, type Heard, type Stage } from '../contracts/channel.ts';
import { type MailServerDouble, mailServer, muteServer, type ReceivedMail } from '../make/mail-server.ts';
import { alert, line, message, NEVER, opened, refused, worldOf } from './sinks/opened.ts';

const PASSWORD = 'canary:of/the@mail';
const LOGIN = `me:${encodeURIComponent(PASSWORD)}@`;

const headersOf = ({ text }: ReceivedMail): Map<string, string> => {
  const lines = text
    .slice(0, text.indexOf('\r\n\r\n'))
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  return new Map(lines.map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 2)]));
};

/** The parts of a mail as a mail program decodes them, by type. */
function partsOf({ text }: ReceivedMail): Record<string, string> {
  const [, boundary = ''] = /boundary="([^"]+)"/.exec(text) ?? [];
  const parts = boundary === '' ? [text] : text.split(`--${boundary}`).slice(1, -1);
  return Object.fromEntries(
    parts.map((part) => {
      const body = part.slice(part.indexOf('\r\n\r\n', 1) + 4);
      const [, type = ''] = /content-type: ([a-z/]+)/i.exec(part) ?? [];
      const bytes = /encoding: base64/i.test(part) ? Buffer.from(body, 'base64') : Buffer.from(unquoted(part, body), 'latin1');
      return [type, bytes.toString('utf8')];
    }),
  );
}

const unquoted = (head: string, body: string): string =>
  /encoding: quoted-printable/i.test(head)
    ? body.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : body;

function heardOf(mail: ReceivedMail): Heard {
  const headers = headersOf(mail);
  const parts = partsOf(mail);
  assert.deepEqual(mail.to, ['ops@example.org']);
  return {
    id: headers.get('message-id') ?? '',
    texts: [headers.get('subject') ?? '', ...Object.values(parts).map((part) => part.replaceAll('\r\n', '\n'))],
    shape: [...headers.keys(), ...Object.keys(parts), ...tagsOf(parts['text/html'] ?? '')].filter(
      (name) => name !== 'content-transfer-encoding',
    ),
  };
}

/** Elements of a page, each name once. */
const tagsOf = (page: string): string[] => [
  ...new Set([...page.matchAll(/<\/?([a-z!][^\s>]*)/gi)].map(([, name]) => `<${name!.toLowerCase()}`)),
];

const ANSWERS: Readonly<Record<string, { readonly code: number; readonly text: string; readonly at: 'receiver' | 'mail' }>> = {
  greylisted: { code: 451, text: 'later', at: 'receiver' },
  unknown: { code: 550, text: 'no such user', at: 'receiver' },
  full: { code: 452, text: 'full', at: 'mail' },
  spam: { code: 554, text: 'spam', at: 'mail' },
  closing: { code: 421, text: 'closing', at: 'receiver' },
};

const LATER: Becomes = { what: 'message', again: true };
const NEVER_THIS: Becomes = { what: 'message', again: false };

channelContract({
  kind: 'email',
  canaries: [PASSWORD],
  hangs: true,
  refusals: { greylisted: LATER, unknown: NEVER_THIS, full: LATER, spam: NEVER_THIS, closing: { what: 'channel', again: true } },
  broken: [
    [{ to: undefined }, 'to'],
    [{ to: 'ops@example.org\r\nBcc: x@y.z' }, 'to'],
    [{ to: 'a@b.c, d@e.f' }, 'to'],
    [{ from: undefined }, 'from'],
    [{ from: 'x' }, 'from'],
    [{ url: `http://me:${encodeURIComponent(PASSWORD)}@h` }, 'url'],
    [{ url: `smtp://me:${encodeURIComponent(PASSWORD)}@169.254.169.254` }, 'url'],
    [{ url: `smtp://me:${encodeURIComponent(PASSWORD)}@127.0.0.1:1` }, 'url'],
    [{ url: `smtp://me:${encodeURIComponent(PASSWORD)}@localhost:1` }, 'url'],
  ],
  async set(): Promise<Stage> {
    let manner = '';
    const refuse = (at: 'receiver' | 'mail') => () => (ANSWERS[manner]?.at === at ? ANSWERS[manner] : undefined);
    const server = await mailServer({
      password: PASSWORD,
      allowInsecureAuth: true,
      refuseReceiver: refuse('receiver'),
      refuseMail: refuse('mail'),
      onConnect: (_, done) => (manner === 'hang' ? undefined : done()),
    });
    return {
      options: { to: 'ops@example.org', from: 'rollcall@example.org', url: `smtp://${LOGIN}127.0.0.1:${server.port}` },
      world: { reach: [`127.0.0.1:${server.port}`] },
      heard: () => server.mails.map(heardOf),
      behave: (name) => void (manner = name),
      stop: () => server.stop(),
    };
  },
});

const by = (server: MailServerDouble): MailWay => ({
  way: { kind: 'smtp', url: `smtp://127.0.0.1:${server.port}` },
  from: 'rollcall@example.org',
  ca: null,
});

test('mails of an incident are one thread, whichever of them arrives', async () => {
  const server = await mailServer();
  const channel = await opened('email', { to: 'ops@example.org' }, worldOf([], { mail: () => by(server) }));
  for (const [id, kind] of [
    ['a', 'opened'],
    ['b', 'joined'],
    ['c', 'resolved'],
  ] as const)
    await channel.send(message({ id, alert: alert({ kind }) }), NEVER);
  await channel.send(message({ id: 'd', alert: alert({ thread: 'home-13-ops' }) }), NEVER);
  const heads = server.mails.map(headersOf);
  const root = '<thread.home-12-ops@example.org>';
  assert.deepEqual(
    heads.map((head) => head.get('message-id')),
    ['a', 'b', 'c', 'd'].map((id) => `<${id}@example.org>`),
  );
  assert.deepEqual(
    heads.map((head) => head.get('references')),
    [root, root, root, '<thread.home-13-ops@example.org>'],
  );
  assert.deepEqual(
    heads.map((head) => head.get('in-reply-to')),
    [undefined, root, root, undefined],
  );
  await server.stop();
});

test('what is critical is marked so, until it is over', async () => {
  const server = await mailServer();
  const channel = await opened('email', { to: 'ops@example.org' }, worldOf([], { mail: () => by(server) }));
  await channel.send(message({ alert: alert({ urgency: 'critical' }) }), NEVER);
  await channel.send(message({ alert: alert({ urgency: 'critical', kind: 'resolved' }) }), NEVER);
  await channel.send(message(), NEVER);
  assert.deepEqual(
    server.mails.map((mail) => headersOf(mail).get('importance')),
    ['High', undefined, undefined],
  );
  await server.stop();
});

test('an alert without a page of its own gets one, in which names are names', async () => {
  const server = await mailServer();
  const channel = await opened('email', { to: 'ops@example.org' }, worldOf([], { mail: () => by(server) }));
  await channel.send(message({ subject: '<b> & "x" left', alert: alert({ lines: [line({ text: '</td><script>' })], more: 3 }) }), NEVER);
  const page = partsOf(server.mails[0]!)['text/html'] ?? '';
  for (const part of [
    '<h2 ',
    '&lt;b&gt; &amp; &quot;x&quot; left</h2>',
    '&lt;/td&gt;&lt;script&gt;',
    'and 3 more',
    '10.0.0.7 · 52:54:00:12:34:56',
  ])
    assert.ok(page.includes(part), part);
  assert.doesNotMatch(page, /<script|https?:|<a |<img/);
  assert.match(partsOf(server.mails[0]!)['text/plain'] ?? '', /nas\.lan left/);
  await server.stop();
});

test('S21: a server of its own is reached only where the config file opens it; that of [mail] is what the file says', async () => {
  const server = await mailServer();
  const url = `smtp://mail.example:${server.port}`;
  const own = { to: 'ops@example.org', from: 'a@b.c', url };
  const lookup = async (): Promise<string[]> => ['127.0.0.1'];
  const strict = await opened('email', own, worldOf([], { lookup }));
  assert.match(refused(await strict.send(message(), NEVER)).reason, /connecting to mail\.example: 127\.0\.0\.1:\d+ is this machine itself/);
  assert.equal(server.mails.length, 0);
  const open = await opened('email', own, worldOf([`127.0.0.1:${server.port}`], { lookup }));
  assert.equal((await open.send(message(), NEVER)).outcome, 'delivered');
  const usual = await opened('email', { to: 'ops@example.org' }, worldOf([], { mail: () => by(server) }));
  assert.equal((await usual.send(message(), NEVER)).outcome, 'delivered');
  assert.deepEqual(
    server.mails.map(({ from }) => from),
    ['a@b.c', 'rollcall@example.org'],
  );
  await server.stop();
});

const mailing = (fault: Fault) => {
  const mail = (): MailWay => {
    throw fault;
  };
  const world = worldOf([], { mail });
  const options = { to: 'ops@example.org' };
  return { faults: createChannelMaker(world).check('email', options), opening: opened('email', options, world) };
};

test('mail that nothing can carry away is refused when the channel is saved', async () => {
  const { faults, opening } = mailing(new Fault('bad-input', 'sending mail: nothing says how it leaves', 'write [mail] url'));
  const remedy = 'set url and from of the channel; or write [mail] url';
  assert.deepEqual(faults, [{ key: 'url', reason: 'sending mail: nothing says how it leaves', remedy }]);
  await assert.rejects(opening, { code: 'bad-input', message: 'sending mail: nothing says how it leaves' });
});

test('a file of [mail] that cannot be read now is told as what it is when mail is sent, and refuses no channel', async () => {
  const { faults, opening } = mailing(new Fault('unavailable', 'reading [mail] url_file /x: it is not there', 'check the path'));
  assert.deepEqual(faults, []);
  await assert.rejects(opening, { code: 'unavailable', message: /url_file/ });
});

test('a server of its own needs no way of [mail]', () => {
  const world = worldOf([], { mail: () => assert.fail('asked') });
  const options = { to: 'ops@example.org', url: 'smtps://mail.example.org', from: 'a@b.c' };
  assert.deepEqual(createChannelMaker(world).check('email', options), []);
});

test('the conversation can be overheard, without the password of [mail]', async () => {
  const server = await mailServer({ password: PASSWORD, allowInsecureAuth: true });
  const mail: MailWay = { ...by(server), way: { kind: 'smtp', url: `smtp://${LOGIN}127.0.0.1:${server.port}` } };
  const channel = await opened('email', { to: 'ops@example.org' }, worldOf([], { mail: () => mail }));
  const lines: ExchangeLine[] = [];
  await channel.send(message(), NEVER, (one) => lines.push(one));
  const texts = lines.map(({ from, text }) => `${from} ${text}`);
  for (const part of [/^us EHLO /, /^them 220 /, /^us RCPT TO:<ops@example\.org>/, /^them 250/])
    assert.ok(
      texts.some((text) => part.test(text)),
      String(part),
    );
  const all = texts.join('\n');
  for (const form of [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(`\0me\0${PASSWORD}`).toString('base64')])
    assert.ok(!all.includes(form), form);
  await server.stop();
});

test('a server that never speaks is given up', async () => {
  const mute = await muteServer();
  const channel = await opened(
    'email',
    { to: 'a@b.c', from: 'a@b.c', url: `smtp://127.0.0.1:${mute.port}` },
    worldOf([`127.0.0.1:${mute.port}`]),
  );
  const stop = new AbortController();
  const sending = channel.send(message(), stop.signal);
  setImmediate(() => stop.abort());
  assert.equal(refused(await sending).again, true);
  await mute.stop();
});
