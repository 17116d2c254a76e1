import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditJson, TokenJson, UserJson } from '../../src/contract/index.ts';
import { type Given, rollcall } from './fake-world.ts';

const AT = '2026-11-21T03:00:00.000Z';
const HOSTILE = '\u001b[2J\u202e\r\nroot';

const user = (over: Partial<UserJson> = {}): UserJson => ({
  id: 1,
  name: 'anna',
  role: 'admin',
  madeAt: AT,
  disabledAt: null,
  password: true,
  subject: null,
  signIns: 2,
  seenAt: AT,
  ...over,
});

const token = (over: Partial<TokenJson> = {}): TokenJson => ({
  id: 4,
  name: 'backup',
  user: null,
  hint: 'rct_abcd',
  scopes: ['read'],
  madeAt: AT,
  until: null,
  usedAt: null,
  endedAt: null,
  ...over,
});

const entry = (over: Partial<AuditJson> = {}): AuditJson => ({
  id: 9,
  at: AT,
  who: 'anna',
  proof: 'sign-in',
  from: '192.0.2.7',
  operation: 'users.add',
  named: 'name=bert role=viewer',
  outcome: 'done',
  ...over,
});

/** A terminal on which somebody types. */
function typing(...chunks: readonly string[]) {
  const raw: boolean[] = [];
  async function* read(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  const stdin = Object.assign(read(), { isTTY: true, setRawMode: (on: boolean) => raw.push(on) });
  return { raw, given: { world: { stdin } } satisfies Given };
}

const adding: Given['answers'] = { 'users.add': ({ name, role }) => user({ name, role }) };

test('users are listed with where they are signed in, and nobody is said', async () => {
  const users = [user(), user({ id: 2, name: 'bert', role: 'viewer', disabledAt: AT, password: false, signIns: 0, seenAt: null })];
  const ran = await rollcall(['user'], { answers: { 'users.list': () => users } });
  assert.deepEqual([ran.code, ran.err], [0, '2 users\n']);
  assert.equal(
    ran.out,
    'NAME  ROLE    IS                            SIGNED IN  LAST HERE            MADE\n' +
      'anna  admin   welcome                       2          2026-11-21 03:00:00  2026-11-21 03:00:00\n' +
      'bert  viewer  disabled 2026-11-21 03:00:00  0          -                    2026-11-21 03:00:00\n',
  );
  assert.deepEqual((await rollcall(['user', 'list', '--json'], { answers: { 'users.list': () => users } })).json(), users);
  const nobody = await rollcall(['user'], { answers: { 'users.list': () => [] } });
  assert.match(nobody.err, /nobody may sign in; make somebody with/);
});

test('a password is typed twice, seen by nobody, and asked for only on a terminal', async () => {
  const { raw, given } = typing('hedgehog', ' under\u007fs\r', 'hedgehog under\r');
  const ran = await rollcall(['user', 'add', 'bert', '--role', 'viewer'], { ...given, answers: adding });
  assert.equal(ran.code, 2, 'the second one differs');
  assert.match(ran.err, /second is another one/);
  assert.deepEqual(raw, [true, false]);
  const same = typing('wrong\u0015hedgehox\bg under\r', 'hedgehog under\n');
  const added = await rollcall(['user', 'add', 'bert', '--role', 'viewer'], { ...same.given, answers: adding });
  assert.deepEqual([added.code, added.out], [0, 'user bert: viewer\n']);
  assert.deepEqual(added.calls, [{ operation: 'users.add', input: { name: 'bert', role: 'viewer', password: 'hedgehog under' } }]);
  assert.doesNotMatch(added.out + added.err, /hedgehog/);
  const piped = await rollcall(['user', 'add', 'bert', '--role', 'viewer'], { stdin: ['hedgehog under\n'] });
  assert.equal(piped.code, 2);
  assert.match(piped.err, /no terminal to ask on\n {2}remedy: pipe it in, with --password-stdin/);
});

test('a letter that comes in two pieces is one, and what is typed ahead counts', async () => {
  const umlaut = Buffer.from('ü');
  async function* read(): AsyncGenerator<Uint8Array> {
    yield Buffer.concat([Buffer.from('hedgehog '), umlaut.subarray(0, 1)]);
    yield Buffer.concat([umlaut.subarray(1), Buffer.from('\rhedgehog ü\r')]);
  }
  const stdin = Object.assign(read(), { isTTY: true, setRawMode: () => {} });
  const ran = await rollcall(['user', 'password', 'anna'], { world: { stdin }, answers: { 'users.edit': () => user() } });
  assert.deepEqual(ran.calls[0]?.input, { name: 'anna', password: 'hedgehog ü' });
});

test('Ctrl-C and a terminal that is gone end the question: nothing is asked of anybody', async () => {
  for (const keys of [['\u0003'], ['hedge\u0003'], ['\u0004'], ['hedgehog under\r', '\u0003'], ['hedgehog']]) {
    const { raw, given } = typing(...keys);
    const ran = await rollcall(['user', 'add', 'bert', '--role', 'viewer'], given);
    assert.deepEqual([ran.code, ran.calls.length, raw], [130, 0, [true, false]]);
  }
});

test('a password is piped in alone, on one line', async () => {
  const add = (stdin: readonly string[]) =>
    rollcall(['user', 'add', 'bert', '--role', 'viewer', '--password-stdin'], { stdin, answers: adding });
  for (const [piped, meant] of [
    [['hedgehog under\n'], 'hedgehog under'],
    [['hedgehog ', 'under\r\n'], 'hedgehog under'],
    [[' hedgehog under '], ' hedgehog under '],
    [['\ufeffnot-a-mark'], '\ufeffnot-a-mark'],
  ] as const)
    assert.equal((await add(piped)).calls[0]?.input.password, meant);
  for (const [piped, why] of [
    [[], /nothing is piped in/],
    [['\n'], /nothing is piped in/],
    [['one\ntwo\n'], /several lines/],
    [['x'.repeat(4000), 'x'.repeat(4000)], /more is piped in than one/],
  ] as const) {
    const ran = await add(piped);
    assert.deepEqual([ran.code, ran.calls.length], [2, 0]);
    assert.match(ran.err, why);
  }
});

test('what is wrong on the command line is said before a password is asked', async () => {
  for (const [argv, why] of [
    [['user', 'add', 'bert'], /say it with --role viewer\|operator\|admin/],
    [['user', 'add', 'bert', '--role', 'admn'], /did you mean admin\?/],
    [['user', 'add'], /write add NAME/],
    [['user', 'add', 'a', 'b', '--role', 'viewer'], /write add NAME/],
    [['user', 'role', 'bert'], /write role NAME viewer\|operator\|admin/],
    [['user', 'role', 'bert', 'king'], /write viewer, operator, admin/],
    [['user', 'remove'], /write remove NAME/],
    [['user', 'list', 'anna'], /write "rollcall user list"/],
    [['user', 'lst'], /did you mean user list\?/],
    [['token', 'ad'], /did you mean token add\?/],
    [['token', 'add', 'x'], /say it with --scope/],
    [['token', 'add', '--scope', 'read'], /write add NAME --scope read/],
    [['token', 'add', 'x', '--scope', 'raed'], /did you mean read\?/],
    [['token', 'add', 'x', '--scope', 'read', '--until', 'soon'], /reading --until "soon"/],
    [['token', 'revoke'], /write revoke ID\|NAME/],
    [['audit', '--limit', '0'], /a number from 1 to 1000/],
    [['audit', '--since', 'soon'], /reading --since "soon"/],
  ] as const) {
    const ran = await rollcall(argv, { stdin: ['hedgehog under\n'] });
    assert.deepEqual([ran.code, ran.calls.length], [2, 0], argv.join(' '));
    assert.match(ran.err, why);
  }
});

test('users are changed one thing at a time', async () => {
  const answers: Given['answers'] = {
    'users.edit': ({ name, role, disabled }) => user({ name, role: role ?? 'viewer', disabledAt: disabled ? AT : null }),
    'users.remove': ({ name }) => user({ name }),
  };
  for (const [argv, input, out] of [
    [['role', 'bert', 'operator'], { name: 'bert', role: 'operator' }, 'user bert: operator\n'],
    [['disable', 'bert'], { name: 'bert', disabled: true }, 'user bert: viewer, may not come in\n'],
    [['enable', 'bert'], { name: 'bert', disabled: false }, 'user bert: viewer\n'],
    [['remove', 'bert'], { name: 'bert' }, 'user bert is removed, with all sign-ins and tokens\n'],
  ] as const) {
    const ran = await rollcall(['user', ...argv], { answers });
    assert.deepEqual([ran.code, ran.calls[0]?.input, ran.out], [0, input, out]);
    assert.equal((await rollcall(['user', ...argv, '--json'], { answers })).json().name, 'bert');
  }
});

test('a token is printed alone, so that a program can read it, and what it may beside it', async () => {
  const answers: Given['answers'] = { 'tokens.add': ({ name, scopes }) => ({ ...token({ name, scopes }), secret: 'rct_abcdefgh' }) };
  const ran = await rollcall(['token', 'add', 'backup', '--scope', 'read', '--scope', 'scan,ack', '--until', '90d'], { answers });
  assert.deepEqual([ran.code, ran.out], [0, 'rct_abcdefgh\n']);
  assert.equal(ran.err, 'token 4 (backup) may read, scan, ack; it is shown only here\n');
  assert.deepEqual(ran.calls[0]?.input, { name: 'backup', scopes: ['read', 'scan', 'ack'], until: '2027-02-19T12:00:00.000Z' });
  assert.equal((await rollcall(['token', 'add', 'backup', '--scope', 'read', '--json'], { answers })).json().secret, 'rct_abcdefgh');
});

test('tokens are listed with whose they are and when they were used last', async () => {
  const tokens = [token(), token({ id: 5, name: 'old', user: 'anna', endedAt: AT, usedAt: AT, until: AT, scopes: ['read', 'scan'] })];
  const ran = await rollcall(['token', 'list', '--all'], { answers: { 'tokens.list': () => tokens } });
  assert.deepEqual([ran.code, ran.err, ran.calls[0]?.input], [0, '2 tokens\n', { over: 'yes' }]);
  assert.match(ran.out, /^4 {3}backup {2}owner {2}rct_abcd {2}valid +it is revoked +never +read$/m);
  assert.match(ran.out, /^5 {3}old {5}anna {3}rct_abcd {2}revoked 2026-11-21 03:00:00 .* read, scan$/m);
});

test('tokens are revoked by number or name, all that are named or none', async () => {
  const known = [token(), token({ id: 5, name: 'cam' }), token({ id: 6, name: 'cam', user: 'anna' }), token({ id: 7, name: '4' })];
  const answers: Given['answers'] = {
    'tokens.list': () => known,
    'tokens.revoke': ({ id }) => known.find((one) => one.id === id),
  };
  const revoked = async (...words: readonly string[]) => {
    const ran = await rollcall(['token', 'revoke', ...words], { answers });
    return [ran.code, ran.calls.filter(({ operation }) => operation === 'tokens.revoke').map(({ input }) => input.id)];
  };
  assert.deepEqual(await revoked('backup', '#5', 'anna/cam'), [0, [4, 5, 6]]);
  assert.deepEqual(await revoked('4'), [0, [4]], 'a number is a number');
  assert.deepEqual(await revoked('owner/cam'), [0, [5]]);
  assert.deepEqual(await revoked('backup', 'cam'), [2, []], 'two are called so');
  assert.deepEqual(await revoked('backup', 'nothing'), [2, []]);
  assert.match((await rollcall(['token', 'revoke', 'cam'], { answers })).err, /name one by its number: 5, 6/);
});

test('the audit is told oldest first, asked by user, operation and moment', async () => {
  const entries = [
    entry(),
    entry({ id: 8, who: null, proof: 'nothing', from: null, outcome: 'refused', operation: 'access.signIn', named: '' }),
  ];
  const ran = await rollcall(['audit', '--user', 'anna', '--operation', 'users'], { answers: { 'audit.list': () => [...entries] } });
  assert.deepEqual(ran.calls[0]?.input, { user: 'anna', operation: 'users', limit: 100 });
  assert.match(
    ran.out,
    /^8 .* nobody {2}here .* nothing .* refused .* access\.signIn {2}\n9 .* anna .* 192\.0\.2\.7 .* users\.add +name=bert role=viewer\n$/ms,
  );
  assert.match((await rollcall(['audit'], { answers: { 'audit.list': () => [] } })).err, /nothing was done/);
});

test('all since a moment is asked page by page', async () => {
  const answers: Given['answers'] = {
    'audit.list': ({ before = 2501, limit }) => {
      const count = Math.min(limit, before - 1);
      return Array.from({ length: count }, (_, at) => entry({ id: before - 1 - at }));
    },
  };
  const ran = await rollcall(['audit', '--since', '1d', '--json'], { answers });
  const ids = ran.json().map(({ id }: AuditJson) => id);
  assert.deepEqual([ids.length, ids[0], ids.at(-1)], [2500, 1, 2500]);
  assert.deepEqual(
    ran.calls.map(({ input }) => input.before),
    [undefined, 1501, 501],
  );
  assert.equal(ran.calls[0]?.input.since, '2026-11-20T12:00:00.000Z');
});

test('S5: names and texts of strangers move no cursor and begin no line', async () => {
  const answers: Given['answers'] = {
    'users.list': () => [user({ name: HOSTILE })],
    'tokens.list': () => [token({ name: HOSTILE, user: HOSTILE, hint: HOSTILE })],
    'audit.list': () => [entry({ who: HOSTILE, named: HOSTILE, from: HOSTILE, operation: HOSTILE })],
  };
  for (const argv of [['user'], ['token', 'list'], ['audit']]) {
    const { out } = await rollcall(argv, { answers });
    assert.doesNotMatch(out, /[\u001b\u202e\r]/);
    assert.equal(out.trim().split('\n').length, 2, 'a heading and one row');
  }
});
