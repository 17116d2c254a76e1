import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toldBy } from './told.ts';

test('subject first, then the text', () => {
  assert.deepEqual(toldBy({ subject: 'nas left', text: 'nas left, last seen 00:58\n' }), {
    subject: 'nas left',
    text: 'nas left, last seen 00:58',
    whole: 'nas left\nnas left, last seen 00:58',
  });
});

test('a text that begins with its subject does not say it twice', () => {
  assert.equal(toldBy({ subject: 'nas left', text: 'nas left\n\nlast seen 00:58' }).whole, 'nas left\nlast seen 00:58');
  assert.equal(toldBy({ subject: 'nas left', text: 'nas left' }).whole, 'nas left');
});

test('nothing at all is still something that a service takes', () => {
  assert.deepEqual(toldBy({ subject: ' ', text: '\n' }), { subject: 'Rollcall', text: '', whole: 'Rollcall' });
});
