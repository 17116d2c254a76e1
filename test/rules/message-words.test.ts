import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stand } from './stand.ts';

test('how long an incident lasted is told in whole seconds', () => {
  const stand = new Stand().at(0, { kind: 'device.left', of: 7 }).at(62_487, { kind: 'device.returned', of: 7 }).run();
  assert.match(stand.arrived.at(-1)?.message.text ?? '', /: over .* after 1m2s, 2 changes$/);
});
