import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { asTyped } from './as-typed.ts';
import { placesOf } from './places.ts';

const clone = mkdtempSync(join(tmpdir(), 'rollcall-typed-'));
after(() => rmSync(clone, { recursive: true, force: true }));
const launcher = join(clone, 'bin', 'rollcall');
mkdirSync(join(clone, 'bin'));
mkdirSync(join(clone, 'path'));
writeFileSync(launcher, '#!/bin/sh\n');
chmodSync(launcher, 0o755);

const world = { launcher: [launcher] as const, env: {}, cwd: clone, home: join(clone, 'home'), uid: 1000 };
const usual = placesOf({}, world);

test('right after a clone a command is typed with its path, from wherever one stands', () => {
  assert.equal(asTyped('stop', { places: usual, world }), 'bin/rollcall stop');
  assert.equal(asTyped('stop', { places: usual, world: { ...world, cwd: '/' } }), `${launcher.slice(1)} stop`);
  assert.equal(asTyped('stop', { places: usual, world: { ...world, cwd: join(clone, 'bin') } }), './rollcall stop');
  assert.equal(asTyped('stop', { places: usual, world: { ...world, cwd: join(clone, 'path') } }), `${launcher} stop`);
});

test('a rollcall in the PATH is called by its name, another one of that name is not', () => {
  const env = { PATH: `/nowhere:${join(clone, 'path')}` };
  symlinkSync(launcher, join(clone, 'path', 'rollcall'));
  assert.equal(asTyped('stop', { places: usual, world: { ...world, env } }), 'rollcall stop');
  rmSync(join(clone, 'path', 'rollcall'));
  symlinkSync('/bin/true', join(clone, 'path', 'rollcall'));
  assert.equal(asTyped('stop', { places: usual, world: { ...world, env } }), 'bin/rollcall stop');
});

test('places that were named are named again, as a shell takes them', () => {
  const places = { ...placesOf({ data: "it's here" }, world), config: join(clone, 'r.toml') };
  assert.equal(asTyped('stop', { places, world }), `bin/rollcall stop --data '${clone}/it'\\''s here' --config ${clone}/r.toml`);
});
