import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { device, port } from '../../test/make/device.ts';
import { certificate, serving, sshKey } from '../../test/make/serving.ts';
import { deviceFromFacts, factsOf, type PortTold, untrusted } from './index.ts';

const told: PortTold = { turns: { version: { former: [['ab12', 5]], since: 7 } }, expiry: { sha256: 'ab', stage: 'soon' } };

test('who serves on a port is a fact of its own, so that the port keeps its span', () => {
  const plain = device({ ports: [port(443)] });
  const served = device({ ports: [{ ...port(443), serving: serving({ certificate: certificate() }), told }] });
  const kinds = (of: typeof plain): string[] =>
    factsOf(of).map(({ kind, key, value }) => (kind === 'port' ? `${kind} ${key} ${value}` : `${kind} ${key}`));
  assert.deepEqual(
    kinds(served).filter((fact) => !kinds(plain).includes(fact)),
    ['serving tcp/443', 'told tcp/443'],
  );
});

test('an identity comes back from its facts as it went (property)', () => {
  const word = fc.string({ unit: 'binary' }).map((text) => untrusted(text));
  const maybe = fc.option(word, { nil: null });
  const plain = { noNullPrototype: true } as const;
  const identities = fc.record(
    {
      sshKeys: fc.array(fc.record({ type: word, hash: word }, plain), { maxLength: 3 }),
      certificate: fc.option(
        fc.record({ subject: word, issuer: word, notBefore: maybe, notAfter: maybe, sha256: word, names: fc.array(word) }, plain),
        { nil: null },
      ),
      httpTitle: maybe,
      httpServer: maybe,
    },
    plain,
  );
  fc.assert(
    fc.property(identities, (identity) => {
      const before = device({ ports: [port(22), { ...port(443), serving: identity, told }], asked: {} });
      const after = deviceFromFacts(before, factsOf(before).reverse(), (key) => (key.startsWith('tcp/') ? undefined : before.lastSeen));
      assert.deepEqual(after.ports, before.ports);
    }),
  );
});

test('facts of a port that is not there make none', () => {
  const facts = factsOf(device({ ports: [{ ...port(22), serving: serving({ sshKeys: [sshKey('a')] }) }] }));
  const without = facts.filter(({ kind }) => kind !== 'port');
  assert.deepEqual(deviceFromFacts(device(), without, () => undefined).ports, []);
});
