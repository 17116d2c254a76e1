import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answersIn } from './echo-all.ts';

test('whoever answers is named once, in canonical form and without the interface; all else is passed over', () => {
  const text = [
    'PING ff02::1%lan0(ff02::1%lan0) from :: lan0: 56 data bytes',
    '64 bytes from fe80::5eff:fe00:53fe%lan0: icmp_seq=1 ttl=64 time=0.045 ms',
    '64 bytes from FD00:77:0:0:0:0:0:3: icmp_seq=1 ttl=64 time=0.136 ms (DUP!)',
    '64 bytes from fe80::5eff:fe00:53fe%lan0: icmp_seq=2 ttl=64 time=0.049 ms',
    'From fe80::1%lan0 icmp_seq=1 Destination unreachable: No route',
    '64 bytes from ::::: icmp_seq=1 ttl=64',
    '64 bytes from example.com: icmp_seq=1',
    '2 packets transmitted, 2 received, +4 duplicates, 0% packet loss, time 319ms',
  ].join('\n');
  assert.deepEqual(answersIn(text), ['fe80::5eff:fe00:53fe', 'fd00:77::3']);
  assert.deepEqual(answersIn(''), []);
});
