import assert from 'node:assert/strict';
import { test } from 'node:test';
import { portList } from './port-text.ts';

test('a long list of ports is how many it has and how it begins', () => {
  const odd = Array.from({ length: 1000 }, (_, i) => 2 * i + 1).join(',');
  assert.equal(portList(odd), '1,000 ports (1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,...)');
  assert.equal(portList('1-1024,8080'), '1-1024,8080');
  assert.equal(portList('what is no list of ports, however long it is'), 'what is no list of ports, however long it is');
});
