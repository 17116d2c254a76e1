import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { needs } from '../needs.ts';
import { onTerminal } from './on-terminal.ts';
import { newProgram, type Program, ROLLCALL, until } from './program.ts';

const PASSWORD = 'hedgehog under ladder';
const LINK = /http:\/\/127\.0\.0\.1:\d+\/setup#rcl_[\w-]{22}/;

const QUIET = { config: '[self]\nwatch = false\n' };

describe('who may come in', () => {
  let program: Program;
  before(async () => {
    program = await newProgram(QUIET);
  });
  after(async () => {
    await program.run('stop');
    await program.end();
  });
  const log = (): Promise<string> => readFile(join(program.data, 'rollcall.log'), 'utf8');

  test('S16: start shows the link to whoever starts it, the same again, and another one after a restart; no log has it', async () => {
    const links: string[] = [];
    for (const words of [['start'], ['start'], ['stop'], ['start']]) {
      const ran = await program.run(...words);
      assert.equal(ran.code, 0, ran.stderr);
      const [link] = LINK.exec(ran.stdout) ?? [];
      if (link) links.push(link);
    }
    assert.equal(links.length, 3);
    assert.equal(links[0], links[1]);
    assert.notEqual(links[1], links[2]);
    assert.equal(new URL(links[0] ?? '').port, String(program.port));
    assert.doesNotMatch(await log(), /rcl_|setup#/);
  });

  test('users are made through the daemon, and then there is no link any more', async () => {
    const added = await program.feed(`${PASSWORD}\n`, 'user', 'add', 'anna', '--role', 'admin', '--password-stdin');
    assert.deepEqual([added.code, added.stdout], [0, 'user anna: admin\n'], added.stderr);
    assert.doesNotMatch((await program.run('start')).stdout, /set up/);
    const [anna] = await program.json('user');
    assert.deepEqual([anna.name, anna.role, anna.password, anna.signIns], ['anna', 'admin', true, 0]);
    const bert = await program.feed(`${PASSWORD}\n`, 'user', 'add', 'bert', '--role', 'viewer', '--password-stdin');
    assert.equal(bert.code, 0, bert.stderr);
    const own = await program.feed('bertbert\n', 'user', 'password', 'bert', '--password-stdin');
    assert.equal(own.code, 2);
    assert.match(own.stderr, /taking a password: .*\n {2}remedy: take one that nobody guesses/);
  });

  test('the last admin stays, whoever asks', async () => {
    for (const words of [
      ['remove', 'anna'],
      ['disable', 'anna'],
      ['role', 'anna', 'viewer'],
    ]) {
      const ran = await program.run('user', ...words);
      assert.deepEqual([ran.code, ran.stdout], [2, ''], words.join(' '));
      assert.match(ran.stderr, /user "anna": nobody else is an admin\n {2}remedy: make somebody else an admin first/);
    }
    assert.equal((await program.run('user', 'remove', 'bert')).code, 0);
  });

  test('tokens are made, listed and revoked; the file of the owner’s token stays what it was', async () => {
    const before = (await program.run('token')).stdout;
    const made = await program.run('token', 'add', 'backup', '--scope', 'read,scan', '--until', '90d');
    assert.match(made.stdout, /^rct_[\w-]{43}\n$/);
    const [token] = await program.json('token', 'list');
    assert.deepEqual([token.name, token.scopes, token.user, made.stdout.startsWith(token.hint)], ['backup', ['read', 'scan'], null, true]);
    assert.equal((await program.run('token', 'revoke', 'backup')).code, 0);
    assert.deepEqual(await program.json('token', 'list'), []);
    assert.equal((await program.run('token')).stdout, before);
  });

  test('S24: no secret is in the log, and none as it is in the store', async () => {
    assert.equal((await program.run('token', 'add', 'canary', '--scope', 'read')).code, 0);
    const { stdout: secret } = await program.run('token', 'add', 'canary2', '--scope', 'read');
    const files = ['rollcall.log', 'rollcall.db', 'rollcall.db-wal'];
    const all = await Promise.all(files.map((name) => readFile(join(program.data, name), 'latin1').catch(() => '')));
    assert.match(all.join(), /canary2/, 'the store is looked at');
    assert.doesNotMatch(all.join(), new RegExp(`${PASSWORD}|${secret.trim().slice(8)}`));
  });

  test('what the daemon kept is there after it, for a single command too', async () => {
    await program.run('stop');
    assert.equal((await program.json('user'))[0].name, 'anna');
    assert.equal((await program.json('token', 'list')).length, 2);
    const added = await program.feed(`${PASSWORD}\n`, 'user', 'add', 'carl', '--role', 'viewer', '--password-stdin');
    assert.equal(added.code, 0, added.stderr);
    await program.run('start');
    assert.deepEqual(
      (await program.json('user')).map(({ name }: { name: string }) => name),
      ['anna', 'carl'],
    );
  });
});

describe('on a terminal', needs('python3'), () => {
  test('a password is typed twice and stands nowhere', async () => {
    const program = await newProgram(QUIET);
    const add = (second: string) =>
      onTerminal(
        [ROLLCALL, '--data', program.data, '--config', program.config, 'user', 'add', 'anna', '--role', 'admin'],
        [
          ['Password for anna: ', `${PASSWORD}\r`],
          ['The same again: ', `${second}\r`],
        ],
      );
    const other = await add('hedgehog over ladder');
    assert.equal(other.code, 2);
    assert.match(other.shown, /second is another one/);
    const same = await add(PASSWORD);
    assert.deepEqual([same.code, same.shown], [0, 'Password for anna: \r\nThe same again: \r\nuser anna: admin\r\n']);
    assert.doesNotMatch(other.shown, /hedgehog/);
    await program.end();
  });

  test('Ctrl-C leaves the question, and nobody is added', async () => {
    const program = await newProgram(QUIET);
    const argv = [ROLLCALL, '--data', program.data, '--config', program.config, 'user', 'add', 'anna', '--role', 'admin'];
    const left = await onTerminal(argv, [['Password for anna: ', 'hedge\u0003']]);
    assert.equal(left.code, 130);
    assert.deepEqual(await program.json('user'), []);
    await program.end();
  });

  test('S16: run shows the link on the terminal of whoever runs it, and beside no terminal nowhere', async () => {
    const program = await newProgram(QUIET);
    const ran = await onTerminal([ROLLCALL, '--data', program.data, '--config', program.config, 'run'], [['/setup#rcl_', '\u0003']]);
    assert.equal(ran.code, 0);
    assert.match(ran.shown, /make the first user within half an hour: http:\/\/127\.0\.0\.1:\d+\/setup#rcl_/);
    const json = ran.shown.split('\r\n').filter((line) => line.startsWith('{'));
    assert.ok(json.length > 0);
    assert.doesNotMatch(json.join(), /rcl_/);
    const daemon = await program.daemon();
    await until('it has said all', async () => /"ready"/.test(daemon.output()));
    await daemon.stop();
    assert.doesNotMatch(daemon.output(), /rcl_|setup/);
    await program.end();
  });
});
