import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { COMMANDS } from '../../src/cli/registry.ts';
import { emptyFolder, rollcall } from './fake-world.ts';
import { device } from './make.ts';

test('the version is printed alone', async () => {
  for (const option of ['--version', '-V']) {
    const { code, out, err } = await rollcall([option]);
    assert.deepEqual([code, out, err], [0, '9.9.9\n', '']);
  }
});

test('in the overview no command runs into what it does', async () => {
  const { out } = await rollcall(['--help']);
  for (const [name, { usage, summary }] of Object.entries(COMMANDS))
    assert.match(out, new RegExp(`^  ${RegExp.escape(`${name} ${usage}`.trim())} +${RegExp.escape(summary)}$`, 'm'));
});

test('the overview names every command; asked for it is fine, unasked it is wrong usage', async () => {
  const asked = await rollcall(['--help']);
  assert.equal(asked.code, 0);
  for (const name of Object.keys(COMMANDS)) assert.match(asked.out, new RegExp(`^  ${name}\\b`, 'm'));
  const unasked = await rollcall([]);
  assert.deepEqual([unasked.code, unasked.out], [2, asked.out]);
  assert.equal((await rollcall(['help'])).out, asked.out);
});

test('ndiff explains itself as Ndiff does, and its place among the commands when help is asked for it', async () => {
  const asked = await rollcall(['ndiff', '--help']);
  assert.deepEqual([asked.code, asked.out.split('\n')[0]], [0, 'Usage: rollcall ndiff [option] FILE1 FILE2']);
  assert.equal((await rollcall(['ndiff', '-h'])).out, asked.out);
  assert.match((await rollcall(['--quiet', 'ndiff', '--help'])).out, /Exit codes: 0 /);
});

test('every command explains itself, its exit codes, and the options all have', async () => {
  for (const name of Object.keys(COMMANDS)) {
    if (name === 'ndiff') continue; // explains itself as Ndiff does
    const { code, out, err } = await rollcall([name, '--help']);
    // Of a plugin, help is no good news: a check that only explains itself checks nothing.
    assert.deepEqual([code, err], [name === 'check' ? 3 : 0, '']);
    assert.match(out, new RegExp(`^Usage: rollcall ${name} `));
    assert.match(out, /Exit codes: 0 /);
    for (const option of ['--json', '--data <dir>', '--config <file>', '--quiet', '--verbose'])
      assert.ok(out.includes(option), `${name} ${option}`);
    assert.equal((await rollcall(['help', name])).out, out);
  }
});

test('a command that does not exist is refused with the one that was meant', async () => {
  const { code, out, err } = await rollcall(['devcies']);
  assert.deepEqual([code, out], [2, '']);
  assert.equal(err, 'rollcall: reading the command line: there is no command "devcies"\n  remedy: did you mean devices?\n');
  assert.match((await rollcall(['frobnicate'])).err, /remedy: look at rollcall --help/);
  assert.match((await rollcall(['__proto__'])).err, /there is no command "__proto__"/);
  assert.match((await rollcall(['--frob'])).err, /no command before "--frob"/);
});

test('options of all commands may stand before the command or behind it', async () => {
  const data = emptyFolder();
  const answers = { 'devices.list': () => [device()] };
  for (const argv of [
    ['--json', '--data', data, 'devices'],
    ['devices', '--data', data, '--json'],
    ['--data', data, 'devices', '--json'],
  ])
    assert.deepEqual((await rollcall(argv, { answers })).json(), [device()]);
});

test('wrong usage under --json is JSON too', async () => {
  const { code, out, err } = await rollcall(['scan', '--json']);
  assert.deepEqual([code, err], [2, '']);
  const fault = {
    code: 'bad-input',
    message: 'reading the command line: missing required argument "target"',
    remedy: 'look at rollcall scan --help',
  };
  assert.deepEqual(JSON.parse(out), { fault, faults: [fault] });
  assert.equal(out.trimEnd().split('\n').length, 1);
});

test('no message of wrong usage says the word', async () => {
  for (const argv of [
    ['scan'],
    ['device'],
    ['scan', '--plan'],
    ['scan', '--plan', 'x', '1.1.1.1'],
    ['devices', '-z'],
    ['stop', 'now'],
    ['nope'],
  ]) {
    const { code, err } = await rollcall(argv);
    assert.equal(code, 2);
    assert.match(err, /^rollcall: reading the command line: .*\n  remedy: .+\n$/);
    assert.doesNotMatch(err, /error/i);
  }
});

test('a bug shows its stack and asks for a report', async () => {
  const answers = {
    'devices.list': () => {
      throw new TypeError('x is not a function');
    },
  };
  const text = await rollcall(['devices'], { answers });
  assert.equal(text.code, 2);
  assert.match(text.err, /^rollcall: this should not happen; please report it with these lines\n  TypeError: x is not a function\n    /);
  const json = await rollcall(['devices', '--json'], { answers });
  assert.equal(json.code, 2);
  assert.deepEqual([json.json().fault.code, json.json().fault.message], ['bug', 'x is not a function']);
});

test('state lies where it was said, else where the environment says, else where it belongs', async () => {
  const seen: string[] = [];
  const world = {
    async openInProcess(house: { places: { data: string } }): Promise<never> {
      seen.push(house.places.data);
      throw new TypeError('enough');
    },
    home: '/home/ada',
    cwd: '/work',
  };
  const env = { ROLLCALL_DATA: '' };
  await rollcall(['devices', '--data', 'here'], { world });
  await rollcall(['devices'], { world, env: { ROLLCALL_DATA: '/there' } });
  await rollcall(['devices'], { world, env });
  await rollcall(['devices'], { world, env: { ...env, XDG_STATE_HOME: '/state' } });
  await rollcall(['devices'], { world: { ...world, uid: 0 }, env: { ...env, XDG_STATE_HOME: '/state' } });
  assert.deepEqual(seen, ['/work/here', '/there', '/home/ada/.local/state/rollcall', '/state/rollcall', '/var/lib/rollcall']);
});

test('a state folder too deep for a socket is refused at once', async () => {
  const { code, err } = await rollcall(['devices', '--data', `/${'x'.repeat(100)}`]);
  assert.equal(code, 2);
  assert.match(err, /its path is too long to hold a socket\n  remedy: choose a shorter one with --data/);
});

test('completions know every command and its options, and the shell takes them', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, out } = await rollcall(['completion', shell]);
    assert.equal(code, 0);
    for (const name of Object.keys(COMMANDS)) assert.ok(out.includes(name), `${shell} ${name}`);
    assert.match(out, shell === 'fish' ? /-l follow/ : /--follow/);
  }
  assert.match((await rollcall(['completion', 'csh'])).err, /"csh" is invalid/);
});

test('bash completes commands, options and files', async () => {
  const folder = mkdtempSync(join(emptyFolder(), 'c'));
  writeFileSync(join(folder, 'rollcall.bash'), (await rollcall(['completion', 'bash'])).out);
  const complete = (...words: string[]): string[] => {
    const script = `source rollcall.bash; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _rollcall; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
  };
  assert.deepEqual(complete('rollcall', 'dev'), ['devices', 'device']);
  assert.deepEqual(complete('rollcall', 'changes', '--fo'), ['--follow']);
  assert.deepEqual(complete('rollcall', 'ingest', 'roll'), ['rollcall.bash']);
  assert.deepEqual(complete('rollcall', 'rule', 'en'), ['enable']);
  assert.deepEqual(complete('rollcall', 'channel', '--fa'), ['--fallback']);
  assert.deepEqual(complete('rollcall', 'channel', 'set', 'roll'), ['rollcall.bash']);
  rmSync(folder, { recursive: true });
});
