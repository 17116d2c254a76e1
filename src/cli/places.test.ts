import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { placesOf } from './places.ts';

const home = mkdtempSync(join(tmpdir(), 'rollcall-places-'));
after(() => rmSync(home, { recursive: true }));
mkdirSync(join(home, '.config', 'rollcall'), { recursive: true });
mkdirSync(join(home, 'xdg', 'rollcall'), { recursive: true });
const around = { env: {}, cwd: home, home, uid: 1000 };

test('everything of one Rollcall lies in its state folder', () => {
  assert.deepEqual(placesOf({ data: '/s', config: undefined }, { ...around, home: '/nowhere' }), {
    data: '/s',
    config: null,
    socket: '/s/rollcall.sock',
    token: '/s/token',
    pid: '/s/rollcall.pid',
    log: '/s/rollcall.log',
  });
});

test('a runner is where the environment says; without that there is none', () => {
  const runnerOf = (socket: string): string | undefined =>
    placesOf({ data: '/s', config: undefined }, { ...around, env: { ROLLCALL_RUNNER: socket } }).runner;
  assert.equal(runnerOf('/run/rollcall/runner.sock'), '/run/rollcall/runner.sock');
  assert.equal(runnerOf(''), undefined);
});

test('the config file is the one named, else the first of the usual ones that is there', () => {
  const usual = join(home, '.config', 'rollcall', 'rollcall.toml');
  const xdg = join(home, 'xdg', 'rollcall', 'rollcall.toml');
  const mine = join(home, 'mine.toml');
  for (const file of [usual, xdg, mine]) writeFileSync(file, '');
  assert.equal(placesOf({}, around).config, usual);
  assert.equal(placesOf({}, { ...around, env: { XDG_CONFIG_HOME: join(home, 'xdg') } }).config, xdg);
  assert.equal(placesOf({}, { ...around, env: { ROLLCALL_CONFIG: 'mine.toml' } }).config, mine);
  assert.equal(placesOf({ config: mine }, { ...around, env: { ROLLCALL_CONFIG: 'other.toml' } }).config, mine);
  assert.throws(() => placesOf({}, { ...around, env: { ROLLCALL_CONFIG: 'other.toml' } }), /other\.toml: there is no such file/);
});
