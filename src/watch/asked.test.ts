import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { covering } from '../../test/make/device.ts';
import { type Coverage, coverageText, coversAddress, type Depth, formatPorts, NO_COVERAGE, portsHold } from '../core/index.ts';
import { askedTogether, coverageWithin } from './asked.ts';

const coversPort = ({ ports }: Coverage, protocol: 'tcp', port: number): boolean => portsHold(ports[protocol] ?? [], port);

const sweep = (...blocks: string[]): Coverage => covering(blocks);
const deep = (block: string): Coverage => ({ ...covering([block], '1-10'), depth: 'versions' });

/** "10.0.0.0/24 tcp 1-10 ports". */
function text({ addresses, depth, ...coverage }: Coverage): string {
  const ports = Object.entries(coverage.ports).map(([protocol, set]) => `${protocol} ${formatPorts(set)}`);
  return [coverageText({ addresses, depth, ...coverage }).addresses.join(), ...ports, depth].join(' ');
}

test('the addresses of all looks were asked, once each', () => {
  assert.equal(text(askedTogether([sweep('10.0.0.0/25'), sweep('10.0.0.128/25'), sweep('10.0.0.7')])), '10.0.0.0/24 presence');
  assert.deepEqual(askedTogether([]), NO_COVERAGE);
  assert.deepEqual(askedTogether([NO_COVERAGE, sweep()]), NO_COVERAGE);
});

test('ports were asked where they were asked everywhere, by whichever look', () => {
  const cases: [Coverage[], string][] = [
    [[sweep('10.0.0.0/24'), covering(['10.0.0.0/24'], '1-1000')], '10.0.0.0/24 tcp 1-1000 ports'],
    [[sweep('10.0.0.0/24'), covering(['10.0.0.7'], '1-1000')], '10.0.0.0/24 presence'],
    [[covering(['10.0.0.0/25'], '1-100'), covering(['10.0.0.128/25'], '50-200')], '10.0.0.0/24 tcp 50-100 ports'],
    [[covering(['10.0.0.0/24'], '1-100'), covering(['10.0.0.0/24'], '443')], '10.0.0.0/24 tcp 1-100,443 ports'],
    [[covering(['10.0.0.0/25'], '22'), covering(['10.0.0.128/25'], '80')], '10.0.0.0/24 ports'],
  ];
  for (const [looks, asked] of cases) assert.equal(text(askedTogether(looks)), asked);
});

test('it was asked as deep as everywhere', () => {
  assert.equal(text(askedTogether([sweep('10.0.0.0/24'), deep('10.0.0.0/24')])), '10.0.0.0/24 tcp 1-10 versions');
  assert.equal(askedTogether([sweep('10.0.0.0/24'), deep('10.0.0.0/25')]).depth, 'presence');
  assert.equal(askedTogether([covering(['10.0.0.0/24'], '1-10'), deep('10.0.0.0/25')]).depth, 'ports');
});

test('what is inferred in part is inferred', () => {
  assert.equal(askedTogether([sweep('10.0.0.1'), { ...sweep('10.0.0.2'), basis: 'inferred' }]).basis, 'inferred');
});

test('of a coverage only what lies in a target counts', () => {
  assert.equal(
    text(coverageWithin(covering(['10.0.0.0/24', 'fd00::/64'], '22'), sweep('10.0.0.128/25', '10.0.1.0/24').addresses)),
    '10.0.0.128/25 tcp 22 ports',
  );
  assert.deepEqual(coverageWithin(sweep('10.0.0.0/24'), []).addresses, []);
});

const DEPTHS: readonly Depth[] = ['presence', 'ports', 'versions'];

test('law 2: what it says was asked, some look asked of that very address', () => {
  const look = fc
    .record({
      first: fc.integer({ min: 0, max: 6 }),
      size: fc.integer({ min: 0, max: 4 }),
      ports: fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 5 }),
      depth: fc.constantFrom(...DEPTHS),
    })
    .map(({ first, size, ports, depth }): Coverage => ({ ...covering([`10.0.0.${first}-10.0.0.${first + size}`], ports.join()), depth }));
  fc.assert(
    fc.property(fc.array(look, { maxLength: 5 }), (looks) => {
      const together = askedTogether(looks);
      for (let host = 0; host <= 12; host++) {
        const address = { family: 4, value: 0x0a000000n + BigInt(host) } as const;
        const askers = looks.filter((one) => coversAddress(one, address));
        assert.equal(coversAddress(together, address), askers.length > 0);
        if (askers.length === 0) continue;
        assert.ok(askers.some(({ depth }) => DEPTHS.indexOf(depth) >= DEPTHS.indexOf(together.depth)));
        for (let port = 0; port < 10; port++)
          if (coversPort(together, 'tcp', port))
            assert.ok(
              askers.some((one) => coversPort(one, 'tcp', port)),
              `${host} ${port}`,
            );
      }
      const everywhere = [1, 2, 3, 4, 5, 6, 7, 8].filter((port) => looks.length > 0 && looks.every((one) => coversPort(one, 'tcp', port)));
      for (const port of everywhere) assert.ok(coversPort(together, 'tcp', port));
    }),
    { numRuns: 300 },
  );
});

test('thousands of reports of single hosts are put together at once', () => {
  const looks = Array.from({ length: 5000 }, (_, i) => covering([`10.0.${i >> 8}.${i & 255}`], i % 2 ? '1-1000' : '1-100,443'));
  const started = performance.now();
  assert.equal(formatPorts(askedTogether(looks).ports.tcp ?? []), '1-100,443');
  assert.ok(performance.now() - started < 1000);
});
