import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seen } from '../../../test/make/device.ts';
import {
  type AddressRange,
  type AddressValue,
  coverageText,
  NO_COVERAGE,
  orFault,
  type PortSet,
  type PortsAsked,
  parseAddress,
  parseTarget,
  portsAskedAt,
} from '../../core/index.ts';
import { type JudgedPart, joinParts } from './join-parts.ts';
import type { Reach } from './parts.ts';
import { failed, type Verdict } from './verdict.ts';

const rangesOf = (text: string): readonly AddressRange[] => {
  const spec = orFault(parseTarget(text));
  return spec.kind === 'ranges' ? spec.ranges : [];
};

function end(text: string, verdict: Partial<Verdict> | Verdict = {}, reach: Reach = 'attached'): JudgedPart {
  const coverage = { addresses: rangesOf(text), ports: {}, depth: 'presence', basis: 'asked' } as const;
  const part = { reach, family: 4, iface: 'va', network: null, ranges: rangesOf(text) } as const;
  return {
    part,
    verdict: { outcome: 'complete', cause: null, coverage, observations: [], warnings: [], ...verdict },
  };
}

const DOWN = { code: 'interface-down', text: 'interface va is down' } as const;
const LOST = { code: 'no-carrier', text: 'interface vb has no carrier' } as const;
const covers = (ends: readonly JudgedPart[]): readonly string[] => coverageText(joinParts(ends).coverage).addresses;

test('good parts make a complete whole', () => {
  const ends = [end('10.77.0.0/24'), end('10.78.0.0/24')];
  assert.equal(joinParts(ends).outcome, 'complete');
  assert.deepEqual(covers(ends), ['10.77.0.0/24', '10.78.0.0/24']);
});

test('R7: one of three parts fails: only its addresses are not covered', () => {
  const ends = [end('10.77.0.0/24'), end('10.78.0.0/24', failed(DOWN)), end('10.79.0.0/24')];
  const joined = joinParts(ends);
  assert.equal(joined.outcome, 'partial');
  assert.deepEqual(joined.cause, DOWN);
  assert.deepEqual(covers(ends), ['10.77.0.0/24', '10.79.0.0/24']);
});

test('all parts failing is a failure, with the first cause; the others are told as warnings', () => {
  const joined = joinParts([end('10.77.0.0/24', failed(DOWN)), end('10.78.0.0/24', failed(LOST))]);
  assert.equal(joined.outcome, 'failed');
  assert.deepEqual(joined.cause, DOWN);
  assert.deepEqual(joined.coverage, NO_COVERAGE);
  assert.deepEqual(joined.warnings, [LOST.text]);
});

test('this machine’s own address does not make a dead network half alive', () => {
  const joined = joinParts([end('10.77.0.0/24', failed(DOWN)), end('10.77.0.1', {}, 'self')]);
  assert.equal(joined.outcome, 'failed');
  assert.deepEqual(joined.coverage, NO_COVERAGE);
});

test('a stop anywhere makes the whole cancelled', () => {
  const stopped = { code: 'stopped', text: 'the scan was stopped' } as const;
  const joined = joinParts([end('10.77.0.0/24'), end('10.78.0.0/24', { ...failed(stopped), outcome: 'cancelled' })]);
  assert.equal(joined.outcome, 'cancelled');
  assert.deepEqual(joined.cause, stopped);
  assert.deepEqual(coverageText(joined.coverage).addresses, ['10.77.0.0/24']);
});

test('ports are covered only where every part asked them', () => {
  const asking = (text: string, tcp: PortSet) =>
    end(text, { coverage: { addresses: rangesOf(text), ports: { tcp }, depth: 'ports', basis: 'asked' } });
  const joined = joinParts([
    asking('10.77.0.0/24', [[1, 100]]),
    asking('10.78.0.0/24', [
      [22, 22],
      [80, 200],
    ]),
    end('10.79.0.1', failed(DOWN)),
  ]);
  assert.deepEqual(joined.coverage.ports, {
    tcp: [
      [22, 22],
      [80, 100],
    ],
  });
  assert.deepEqual(joinParts([asking('10.77.0.0/24', [[1, 100]]), end('10.78.0.1')]).coverage.ports, {});
});

test('a host that answers one run and not the other is asked only what the one asked it', () => {
  const run = (tcp: PortSet, ...answers: readonly string[]) =>
    end('10.77.0.1-2', {
      coverage: { addresses: rangesOf('10.77.0.1-2'), ports: { tcp }, depth: 'versions', basis: 'asked' },
      observations: answers.map((address) => seen(address)),
    });
  const { coverage } = joinParts([run([[22, 22]], '10.77.0.1', '10.77.0.2'), run([[80, 80]], '10.77.0.2')]);
  const at = (address: string): PortsAsked => portsAskedAt(coverage, parseAddress(address) as AddressValue);
  assert.deepEqual(coverageText(coverage).addresses, ['10.77.0.1-10.77.0.2'], 'both runs asked who is there');
  assert.deepEqual(at('10.77.0.1').tcp, [[22, 22]], 'its reply to the second run was lost: its port 80 may be as open as it was');
  assert.deepEqual(at('10.77.0.2').tcp, [
    [22, 22],
    [80, 80],
  ]);
});

test('nothing to look at is complete and covers nothing', () => {
  assert.equal(joinParts([]).outcome, 'complete');
  assert.deepEqual(joinParts([]).coverage, NO_COVERAGE);
});
