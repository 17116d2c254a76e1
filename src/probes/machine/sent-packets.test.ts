import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSentPackets, sentPacketsIn } from './sent-packets.ts';

const TEXT = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 1234      10    0    0    0     0          0         0     1234      11    0    0    0     0       0          0
  lan0:9999999999 20    0    0    0     0          0         0 88888888   12345    0    0    0     0       0          0
`;

test('the packets an interface has sent are read from the kernel, however its columns run together', () => {
  assert.deepEqual(
    [...sentPacketsIn(TEXT)],
    [
      ['lo', 11],
      ['lan0', 12_345],
    ],
  );
  assert.deepEqual([...sentPacketsIn('nonsense\n: \nx: 1 2 3\n')], []);
});

test('a system that does not say is no zero', async () => {
  assert.equal(await readSentPackets('/nowhere'), null);
  assert.ok(((await readSentPackets()) ?? new Map()).has('lo'));
});
