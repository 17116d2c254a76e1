import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createChannelMaker } from '../../src/channels/index.ts';
import { CHANNEL_KEYS } from '../../src/core/index.ts';
import { worldOf } from './sinks/opened.ts';

const { kinds } = createChannelMaker(worldOf());

test('every kind is held to the contract of channels', () => {
  const tests = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.ts'));
  const texts = tests.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
  const scenes = texts.filter((text) => text.includes('channelContract('));
  const unheld = kinds.filter(({ kind }) => !scenes.some((text) => text.includes(`kind: '${kind}'`)));
  assert.deepEqual(
    unheld.map(({ kind }) => kind),
    [],
  );
});

test('no option is called as something that all channels have: in the config file they stand side by side', () => {
  for (const { kind, options } of kinds)
    for (const { key } of options) assert.ok(!(CHANNEL_KEYS as readonly string[]).includes(key), `${kind}.${key}`);
});

test('every option says what to write, and no two kinds are called the same', () => {
  for (const { kind, what, options } of kinds) {
    assert.notEqual(what, '', kind);
    for (const option of options) assert.ok(option.what.length > 5, `${kind}.${option.key}`);
  }
  assert.equal(new Set(kinds.map(({ kind }) => kind)).size, kinds.length);
});

test('a misspelt word of all channels is suggested, whatever the kind', () => {
  const maker = createChannelMaker(worldOf());
  for (const { kind } of kinds) {
    const strange = maker.check(kind, { falback: 'mail' }).find(({ key }) => key === 'falback');
    assert.equal(strange?.remedy, 'did you mean "fallback", which every channel has?', kind);
  }
});
