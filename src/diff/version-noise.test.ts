import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { service } from '../../test/make/device.ts';
import type { Service } from '../core/index.ts';
import { lastingService, saysMore, versionsDiffer, withoutNoise } from './version-noise.ts';

type Fields = Partial<Record<keyof Service, string>>;
const of = (fields: Fields): Service => service(fields.product ?? '', fields);

/** The same server twice, as nmap tells it. */
const JITTER: readonly (readonly [why: string, a: Fields, b: Fields])[] = [
  [
    'since when memcached runs',
    { name: 'memcached', product: 'Memcached', version: '1.6.9', extra: 'uptime 1843 seconds' },
    { name: 'memcached', product: 'Memcached', version: '1.6.9', extra: 'uptime 88243 seconds' },
  ],
  [
    'since when a router runs',
    { name: 'telnet', product: 'Cisco router telnetd', extra: 'up 3 days, 4:05' },
    { name: 'telnet', product: 'Cisco router telnetd', extra: 'up 10 days, 23:59' },
  ],
  [
    'the space and case of a protocol',
    { name: 'ssh', product: 'OpenSSH', version: '9.2p1 Debian 2+deb12u3', extra: 'protocol 2.0' },
    { name: 'ssh', product: 'OpenSSH', version: '9.2p1 Debian 2+deb12u3', extra: 'Protocol  2.0' },
  ],
  [
    'the order of what else is known',
    { name: 'netbios-ssn', product: 'Samba smbd', version: '4', extra: 'workgroup: WORKGROUP; Domain: X' },
    { name: 'netbios-ssn', product: 'Samba smbd', version: '4', extra: 'domain: X; workgroup: WORKGROUP' },
  ],
  [
    'whose turn it is behind a mail balancer',
    { name: 'smtp', product: 'Postfix smtpd', extra: 'mx1.example.com ESMTP' },
    { name: 'smtp', product: 'Postfix smtpd', extra: 'mx2.example.com ESMTP' },
  ],
  [
    'the clock in a greeting',
    { name: 'ftp', product: 'WarFTPd', version: '1.82', extra: 'Fri, 27 Nov 2026 21:28:09 +0000' },
    { name: 'ftp', product: 'WarFTPd', version: '1.82', extra: 'Sat, 28 Nov 2026 03:00:41 +0000' },
  ],
  [
    'the clock of daytime',
    { name: 'daytime', product: 'daytime 2026-11-27 21:28:09' },
    { name: 'daytime', product: 'daytime 2026-11-28 03:00:00' },
  ],
  [
    'what each caller gets anew',
    { name: 'pop3', product: 'Qpopper', extra: '<1896.697170952@dbc.example>' },
    { name: 'pop3', product: 'Qpopper', extra: '<2204.697171001@dbc.example>' },
  ],
  [
    'the id of a session',
    { name: 'mysql', product: 'MySQL', version: '8.0.33', extra: 'thread id: 1204' },
    { name: 'mysql', product: 'MySQL', version: '8.0.33', extra: 'thread id: 1377' },
  ],
  [
    'how many are there',
    { name: 'irc', product: 'UnrealIRCd', extra: '41 users, 3 of 50 connections' },
    { name: 'irc', product: 'UnrealIRCd', extra: '7 users, 44 of 50 connections' },
  ],
  [
    'whether its clock is set',
    { name: 'ntp', product: 'NTP', version: 'v4', extra: 'unsynchronized' },
    { name: 'ntp', product: 'NTP', version: 'v4', extra: 'secondary server' },
  ],
  [
    'that it is full',
    { name: 'ftp', product: 'vsftpd', version: '3.0.3', extra: 'Too many connections' },
    { name: 'ftp', product: 'vsftpd', version: '3.0.3' },
  ],
];

/** Two that differ for a reason somebody wants to hear of. */
const NEWS: readonly (readonly [why: string, a: Fields, b: Fields])[] = [
  [
    'a security update of the distribution',
    { name: 'ssh', product: 'OpenSSH', version: '9.2p1 Debian 2+deb12u3' },
    { name: 'ssh', product: 'OpenSSH', version: '9.2p1 Debian 2+deb12u4' },
  ],
  ['a patch', { name: 'http', product: 'nginx', version: '1.22.1' }, { name: 'http', product: 'nginx', version: '1.22.2' }],
  [
    'a release candidate that differs by case',
    { name: 'x', product: 'X', version: '1.0-RC1' },
    { name: 'x', product: 'X', version: '1.0-rc1' },
  ],
  [
    'a build that is a date',
    { name: 'zookeeper', product: 'Zookeeper', version: '3.4.6 2014-02-20' },
    { name: 'zookeeper', product: 'Zookeeper', version: '3.4.6 2019-03-01' },
  ],
  [
    'a build by its commit',
    { name: 'http', product: 'Gitea', extra: 'commit 5a3f9c1d2e' },
    { name: 'http', product: 'Gitea', extra: 'commit 99ab23ff10' },
  ],
  [
    'a package with an epoch',
    { name: 'mysql', product: 'MariaDB', extra: '1:10.6.12' },
    { name: 'mysql', product: 'MariaDB', extra: '1:11.6.12' },
  ],
  ['another product', { name: 'http', product: 'Apache httpd', version: '2.4' }, { name: 'http', product: 'nginx', version: '2.4' }],
  [
    'a module',
    { name: 'http', product: 'Apache httpd', version: '2.4.57', extra: '(Debian) PHP/8.2.7' },
    { name: 'http', product: 'Apache httpd', version: '2.4.57', extra: '(Debian) PHP/8.2.8' },
  ],
  [
    'TLS that is gone',
    { name: 'http', product: 'nginx', version: '1.22', tunnel: 'ssl' },
    { name: 'http', product: 'nginx', version: '1.22' },
  ],
  [
    'another domain',
    { name: 'ldap', product: 'Active Directory LDAP', extra: 'Domain: corp.example.com' },
    { name: 'ldap', product: 'Active Directory LDAP', extra: 'Domain: evil.example.net' },
  ],
  ['another protocol without a word more', { name: 'ssh', product: 'OpenSSH', version: '9' }, { name: 'http' }],
  ['Salt, which is a product', { name: 'http', product: 'Salt 3006.1' }, { name: 'http', product: 'Salt 3006.2' }],
  ['a version hidden', { name: 'http', product: 'nginx', version: '1.22.1' }, { name: 'http', product: 'nginx' }],
];

describe('of what a service says of itself', () => {
  for (const [why, a, b] of JITTER)
    test(`${why} is no change`, () => {
      assert.deepEqual(lastingService(of(a)), lastingService(of(b)));
      assert.ok(!versionsDiffer(of(a), of(b)) && !versionsDiffer(of(b), of(a)));
    });
  for (const [why, a, b] of NEWS)
    test(`${why} is one`, () => {
      assert.ok(versionsDiffer(of(a), of(b)) && versionsDiffer(of(b), of(a)));
    });
});

test('a connection that is taken and closed again, or no more than the protocol, says nothing', () => {
  const known = of({ name: 'ssh', product: 'OpenSSH', version: '9.2' });
  for (const silent of [of({ name: 'tcpwrapped' }), of({ name: 'ssh' }), of({ name: 'ssh', method: 'table' })]) {
    assert.ok(!versionsDiffer(known, silent) && !versionsDiffer(silent, known), silent.name);
    assert.ok(!saysMore(known, silent) && saysMore(silent, known), silent.name);
  }
  assert.ok(saysMore(known, of({ name: 'http' })), 'another protocol is an answer');
});

test('no upgrade is ever noise: versions that differ in more than spaces are told (property)', () => {
  const text = fc.string({ unit: 'grapheme-ascii', maxLength: 30 });
  const bare = (version: string): string => version.replace(/\s+/g, ' ').trim();
  fc.assert(
    fc.property(text, text, text, text, (product, extra, a, b) => {
      const [old, fresh] = [of({ product: `p${product}`, extra, version: a }), of({ product: `p${product}`, extra, version: b })];
      assert.equal(versionsDiffer(old, fresh), bare(a) !== bare(b));
    }),
  );
});

test('cleaning hostile text takes no longer than reading it', () => {
  const attacks = [
    '1:'.repeat(512),
    'a.'.repeat(512),
    'up 1 '.repeat(204),
    `${'9'.repeat(500)} of ${'9'.repeat(500)}`,
    '<1.'.repeat(341),
    'uptime 1 s, '.repeat(85),
    'a-'.repeat(512),
  ];
  const start = performance.now();
  for (const attack of attacks)
    for (let i = 0; i < 20; i++) lastingService(of({ name: 'smtp', product: attack, version: attack, extra: attack }));
  assert.ok(performance.now() - start < 2000);
  assert.equal(withoutNoise(''), '');
});
