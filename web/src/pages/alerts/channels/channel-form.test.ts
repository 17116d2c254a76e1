import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ChannelJson, ChannelKindJson } from '../../../../../src/contract/index.ts';
import { formOfChannel, missingOptions, newChannel, optionsOfForm } from './channel-form.ts';

const CHANNEL: ChannelJson = {
  name: 'phone',
  kind: 'ntfy',
  options: { topic: 'home', token: '***', priority: 5, tags: ['a', 'b'], quiet: false },
  usual: true,
  quiet: null,
  ceiling: 3,
  ttl: '3d',
  fallback: null,
  source: 'user',
  what: null,
  trouble: null,
  waiting: 0,
  dead: 0,
  deliveredAt: null,
  againAt: null,
};

const KIND: ChannelKindJson = {
  kind: 'ntfy',
  what: 'ntfy',
  edits: false,
  secrets: ['token'],
  options: [
    { key: 'topic', what: 'where', needed: true },
    { key: 'token', what: 'who', needed: false },
  ],
};

describe('the editor of channels', () => {
  test('gives back the options it was given, secrets as the stars they were shown as', () => {
    assert.deepEqual(optionsOfForm(formOfChannel(CHANNEL), CHANNEL.options), CHANNEL.options);
  });

  test('leaves out what is empty, and takes text for text', () => {
    const options = { topic: '5', note: '  ', url: 'https://example.net/{x}', list: '[1, 2]', broken: '[1, 2' };
    assert.deepEqual(optionsOfForm({ options }), { topic: '5', url: 'https://example.net/{x}', list: [1, 2], broken: '[1, 2' });
  });

  test('names what is needed and not there', () => {
    assert.deepEqual(missingOptions(newChannel('ntfy'), KIND), ['topic']);
    assert.deepEqual(missingOptions({ options: { topic: 'home' } }, KIND), []);
  });
});
