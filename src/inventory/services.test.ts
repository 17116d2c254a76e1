import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AT, device, port, service } from '../../test/make/device.ts';
import { certificate, serving } from '../../test/make/serving.ts';
import { untrusted } from '../core/index.ts';
import { matches } from './filter/filter.ts';
import { parseFilter } from './filter/parse-filter.ts';
import { servicesByCertificate, servicesByPort, servicesByProduct } from './services.ts';

const DAY = 86_400_000;
const day = (n: number): string => new Date(AT + n * DAY).toISOString();
const ssh = (version: string) => port(22, 'open', service('OpenSSH', { name: 'ssh', version }));
const tls = (fields: Parameters<typeof certificate>[0]) => ({ ...port(443), serving: serving({ certificate: certificate(fields) }) });

const HOUSE = [
  device({ id: 1, ports: [ssh('9.2p1'), tls({ notAfter: day(5) }), { ...port(53), protocol: 'udp' }] }),
  device({ id: 2, ports: [ssh('8.4'), port(80, 'filtered', service('nginx'))] }),
  device({
    id: 3,
    presence: 'away',
    ports: [ssh('9.2p1'), { ...tls({ notAfter: day(5) }), port: 8443 }, tls({ subject: 'CN=old', notAfter: day(-2) })],
  }),
];

test('ports are told with who has them, most first, and closed or filtered ones are not', () => {
  const groups = servicesByPort(HOUSE).map(({ protocol, port: number, name, places }) => [
    `${number}/${protocol}`,
    name,
    places.map((one) => one.device),
  ]);
  assert.deepEqual(groups, [
    ['22/tcp', 'ssh', [1, 2, 3]],
    ['443/tcp', '', [1, 3]],
    ['8443/tcp', '', [3]],
    ['53/udp', '', [1]],
  ]);
});

test('a product is told version by version; what nobody could name is left out', () => {
  const groups = servicesByProduct(HOUSE).map(({ product, version, places }) => [product, version, places.map((one) => one.device)]);
  assert.deepEqual(groups, [
    ['OpenSSH', '8.4', [2]],
    ['OpenSSH', '9.2p1', [1, 3]],
  ]);
});

test('R33: a certificate is told once with every place of it, the one that ended first', () => {
  const groups = servicesByCertificate([...HOUSE, device({ id: 9, ports: [{ ...tls({ subject: 'CN=endless' }), port: 1 }] })], AT);
  assert.deepEqual(
    groups.map(({ certificate: { subject }, left, places }) => [
      subject,
      left === null ? null : left / DAY,
      places.map((one) => `${one.device}:${one.port}`),
    ]),
    [
      ['CN=old', -2, ['3:443']],
      ['CN=nas.example', 5, ['1:443', '3:8443']],
      ['CN=endless', (Date.UTC(2026, 3, 1) - AT) / DAY, ['9:1']],
    ],
  );
});

test('a certificate that says no end comes last', () => {
  const endless = { ...certificate(), notAfter: null };
  const one = device({ id: 4, ports: [{ ...port(443), serving: serving({ certificate: endless }) }] });
  assert.deepEqual(
    servicesByCertificate([one, ...HOUSE], AT).map(({ left }) => left === null),
    [false, false, true],
  );
});

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((text) => untrusted(text))
  .filter((text) => text !== '' && text !== '*');

test('S5: the filter of a group means each device of it, whatever its services call themselves', () => {
  fc.assert(
    fc.property(words, words, (product, subject) => {
      const shown = { ...port(443, 'open', service(product)), serving: serving({ certificate: certificate({ subject }) }) };
      const one = device({ id: 5, ports: [shown] });
      for (const { filter } of [...servicesByPort([one]), ...servicesByProduct([one]), ...servicesByCertificate([one], AT)]) {
        const read = parseFilter(filter);
        assert.ok(read.ok && matches(read.value, one, { now: AT, typeOf: () => null }), filter);
      }
    }),
    { numRuns: 300 },
  );
});
