import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serving } from '../../../test/make/approval.ts';
import { guess, service } from '../../../test/make/device.ts';
import type { Service } from '../../core/index.ts';
import { matchServing, servedText, servingText } from './serving.ts';

const ssh = service('OpenSSH', { version: '9.2p1 Debian 2', extra: 'protocol 2.0' });
/** As a reader of nmap's text has it. */
const asText = service('OpenSSH 9.2p1 Debian 2 (protocol 2.0)');
const clock = (time: string): Service => service(`Acme timed up ${time} days`, { version: '1.2' });

test('whether what serves is what was approved', () => {
  const cases: [string, Service | null, 'yes' | 'no' | 'unknown'][] = [
    ['*', null, 'yes'],
    ['*', ssh, 'yes'],
    ['OpenSSH 9.2p1 Debian 2', ssh, 'yes'],
    ['OpenSSH 9.2p1 Debian 2 (protocol 2.0)', ssh, 'yes'],
    ['OpenSSH 9.2p1 Debian 2', asText, 'yes'],
    ['OpenSSH 9.2p1 Debian 2 (protocol 2.0)', asText, 'yes'],
    ['OpenSSH 9.2p1', ssh, 'no'],
    ['OpenSSH 9.2p1', asText, 'no'],
    ['OpenSSH', ssh, 'no'],
    ['OpenSSH 9.2p1 Debian 2', null, 'unknown'],
    ['OpenSSH 9.2p1 Debian 2', guess('ssh'), 'unknown'],
    ['OpenSSH 9.2p1 Debian 2', service('', { name: 'tcpwrapped' }), 'unknown'],
    ['Acme timed up 3 days 1.2', clock('4'), 'yes'],
    ['Acme timed up 3 days 1.3', clock('4'), 'no'],
    ['OpenSSH *', ssh, 'yes'],
    ['openssh *', ssh, 'yes'],
    ['Dropbear *', ssh, 'no'],
    ['OpenSSH >=9.2 <10', ssh, 'yes'],
    ['OpenSSH >9.2p1', ssh, 'no'],
    ['OpenSSH >=9.2', service('OpenSSH'), 'unknown'],
    ['OpenSSH >=9.2', service('OpenSSH', { version: '8.X - 9.X' }), 'unknown'],
    ['OpenSSH >=9.2', null, 'unknown'],
  ];
  for (const [text, served, is] of cases) {
    const match = matchServing(serving(text), served);
    assert.equal(match.is, is, `${text} for ${served ? servedText(served) : 'nothing'}`);
    if (match.is !== 'yes') assert.match(match.reason, /approved is|cannot be compared/);
  }
});

test('what was approved, in words', () => {
  assert.deepEqual(
    ['*', 'nginx 1.18.0', 'OpenSSH *', 'OpenSSH >=9.2 <10'].map((text) => servingText(serving(text))),
    ['whatever serves', 'nginx 1.18.0', 'any OpenSSH', 'OpenSSH >=9.2 <10'],
  );
});
