import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { IGNORE_NOTHING, type IgnoreRules, ignoresPort, ignoresScript, parseIgnore } from './ignore.ts';

function rulesOf(...texts: string[]): IgnoreRules {
  const rules = parseIgnore(texts);
  assert.ok(rules.ok, JSON.stringify(rules));
  return rules.value;
}

test('rules add up, one in each text', () => {
  assert.deepEqual(rulesOf(), IGNORE_NOTHING);
  assert.deepEqual(rulesOf('script:ssl-*', ' script:http-title', 'port:22', 'port:udp/161,500-510', 'certificate-days', 'volatile'), {
    scripts: ['ssl-*', 'http-title'],
    ports: [
      { protocol: null, ports: [[22, 22]] },
      {
        protocol: 'udp',
        ports: [
          [161, 161],
          [500, 510],
        ],
      },
    ],
    certificateDays: true,
    volatile: true,
  });
});

test('what is no rule is refused with the forms there are', () => {
  for (const text of [
    '',
    'port',
    'port:',
    'port:ssh',
    'port:70000',
    'port:90-80',
    'port:icmp/1',
    'port:-',
    'script:',
    'script:a b',
    'scripts:x',
    'Volatile',
    'port:tcp/',
  ])
    assert.deepEqual(parseIgnore(['volatile', text]), {
      ok: false,
      reason: `reading ignore rules: ${JSON.stringify(text)} is none`,
      remedy: 'write script:ID (with *), port:22, port:udp/161, port:8000-8100, certificate-days or volatile',
    });
});

test('a port without a protocol is that port of every protocol', () => {
  const rules = rulesOf('port:53', 'port:udp/161', 'port:8000-8100');
  const ignored = (protocol: 'tcp' | 'udp', port: number): boolean => ignoresPort(rules, { protocol, port });
  assert.deepEqual([ignored('tcp', 53), ignored('udp', 53), ignored('udp', 161), ignored('tcp', 161)], [true, true, true, false]);
  assert.deepEqual([ignored('tcp', 7999), ignored('tcp', 8000), ignored('tcp', 8100), ignored('tcp', 8101)], [false, true, true, false]);
});

test('a star stands for any characters, and for none', () => {
  const fits = (pattern: string, id: string): boolean => ignoresScript(rulesOf(`script:${pattern}`), id);
  for (const [pattern, id] of [
    ['ssl-*', 'ssl-cert'],
    ['ssl-*', 'ssl-'],
    ['*', ''],
    ['*-info', 'ntp-info'],
    ['http-*-cert*', 'http-my-certs'],
    ['a*b*b', 'abab'],
    ['a', 'a'],
  ] as const)
    assert.ok(fits(pattern, id), `${pattern} ${id}`);
  for (const [pattern, id] of [
    ['ssl-*', 'xssl-cert'],
    ['*-info', 'ntp-info2'],
    ['ab*ba', 'aba'],
    ['a*b*b', 'ab'],
    ['a', 'b'],
    ['a.c', 'abc'],
  ] as const)
    assert.ok(!fits(pattern, id), `${pattern} ${id}`);
});

test('stars fit as the regular expression of the same meaning would', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (pattern, id) => {
      assert.equal(ignoresScript(rulesOf(`script:${pattern}`), id), new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(id));
    }),
  );
});
