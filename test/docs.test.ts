/** What the documents promise is there. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isCommand } from '../src/cli/registry.ts';
import { type ConfigReading, DEFAULTS, readConfig } from '../src/config/index.ts';
import { keysAt } from '../src/config/schema/file.ts';
import { deviceJson } from '../src/contract/index.ts';
import { CHANGE_KINDS } from '../src/core/index.ts';
import { USUAL_RULES } from '../src/rules/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const blocks = (path: string): string[] => [...text(path).matchAll(/^```toml\n(.*?)^```/gms)].map(([, block]) => block as string);

const faults = (reading: ConfigReading): string => (reading.ok ? '' : JSON.stringify(reading.faults));

test('the documented config is valid, and its first part is what holds when it is left out', () => {
  const [usual = '', ...others] = blocks('docs/configuration.md');
  const reading = readConfig(usual, 'docs/configuration.md');
  assert.ok(reading.ok, faults(reading));
  assert.deepEqual({ ...reading.config, presence: DEFAULTS.presence }, DEFAULTS);
  for (const block of others) {
    const other = readConfig(block, 'docs/configuration.md');
    assert.ok(other.ok, faults(other));
  }
});

test('what the page on Home Assistant says to write into the config is valid', () => {
  const found = blocks('docs/home-assistant.md');
  assert.equal(found.length, 2);
  for (const block of found) assert.equal(faults(readConfig(block, 'docs/home-assistant.md')), '');
});

test('every key of the config is explained', () => {
  const page = text('docs/configuration.md');
  const tables = keysAt([]);
  assert.ok(tables.length > 20);
  for (const table of tables) {
    assert.match(page, new RegExp(`\\[${table}\\]`), `[${table}]`);
    const keys = [...keysAt([table]), ...keysAt([table, 0])];
    assert.ok(keys.length > 0, table);
    for (const key of keys) assert.match(page, new RegExp(`\\b${key} = `), `${table}.${key}`);
  }
});

test('every command in the README exists', () => {
  const named = [...text('README.md').matchAll(/^ {4}(?:.*\| |.*; )?rollcall ([a-z]+)/gm)].map(([, command]) => command as string);
  assert.ok(named.length > 15);
  assert.deepEqual(
    named.filter((command) => !isCommand(command)),
    [],
  );
});

test('every kind of change is explained', () => {
  const page = text('docs/api.md');
  assert.deepEqual(
    CHANGE_KINDS.filter((kind) => !page.includes(`\`${kind}\``)),
    [],
  );
});

test('every usual rule is explained, and no other', () => {
  const [, table = ''] = /^\*\*The usual rules\*\*[^|]*\|.*\n\|-.*\n((?:\|.*\n)+)/m.exec(text('docs/alerts.md')) ?? [];
  const told = [...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, name]) => name);
  assert.deepEqual(told.toSorted(), USUAL_RULES.map(({ name }) => name).toSorted());
});

test('the roll that the API page shows is one', () => {
  const [example = ''] = text('docs/api.md').match(/^ {4}\{\n {6}"site"[^]*?^ {4}\}$/m) ?? [];
  const roll = JSON.parse(example) as { devices: object[] };
  assert.ok(roll.devices.length > 0);
  for (const device of roll.devices) {
    assert.deepEqual(
      Object.keys(device).filter((key) => !(key in deviceJson.shape)),
      [],
    );
    deviceJson.pick({ names: true, nameSources: true, firstSeen: true }).parse(device);
  }
});

test('links between the documents lead somewhere', () => {
  for (const page of [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'docs/configuration.md',
    'docs/api.md',
    'docs/alerts.md',
    'docs/reports.md',
    'docs/import.md',
    'docs/baseline.md',
    'docs/services.md',
    'docs/monitoring.md',
    'docs/coming-from.md',
  ]) {
    const links = [...text(page).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, link]) => link as string);
    for (const link of links) assert.ok(existsSync(join(root, dirname(page), link)), `${page}: ${link}`);
  }
});
