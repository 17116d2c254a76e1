import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covering } from '../../../test/make/device.ts';
import { type Config, DEFAULTS } from '../../config/index.ts';
import { orFault, parseQuietWindow, parseTarget, readGuard } from '../../core/index.ts';
import { limitsAt } from './limits.ts';
import { putOffBy, wallText } from './put-off.ts';

const entry = (text: string, limits?: NonNullable<Config['targets'][number]['limits']>): Config['targets'][number] => ({
  spec: orFault(parseTarget(text)),
  schedule: [],
  window: null,
  iface: null,
  canaries: [],
  ...(limits && { limits }),
});
const at = (block: string, ...targets: Config['targets']) => limitsAt({ ...DEFAULTS, targets }, { addresses: covering([block]).addresses });

test('where no target lies the usual limits hold, and where one says nothing, too', () => {
  assert.deepEqual(at('10.0.0.0/24').pace, { rate: 300, perHost: 100 });
  assert.deepEqual(at('10.0.0.0/24', entry('10.0.0.0/24')).pace, { rate: 300, perHost: 100 });
  assert.deepEqual(at('10.0.1.0/24', entry('10.0.0.0/24', { rate: 5 })).pace, { rate: 300, perHost: 100 });
});

test('a target may say more or less, and a lifted limit is none', () => {
  assert.deepEqual(at('10.0.0.7', entry('10.0.0.0/24', { rate: 5000, perHost: 0 })).pace, { rate: 5000, perHost: null });
  assert.equal(at('10.0.0.7', entry('10.0.0.0/24', { fragile: true })).fragile, true);
});

test('of targets that share addresses the one counts that spares most', () => {
  const [wide, narrow] = [entry('10.0.0.0/16', { rate: 1000, fragile: true }), entry('10.0.0.0/24', { rate: 50 })];
  assert.equal(at('10.0.0.7', wide, narrow).pace.rate, 50);
  assert.equal(at('10.0.0.7', wide, narrow).fragile, false);
  assert.equal(at('10.0.9.7', wide, narrow).pace.rate, 1000);
});

test('a host name is known by its text, and guards add up', () => {
  const guard = { ...orFault(readGuard({ network: '10.0.0.0/24' })), ask: null };
  const own = entry('nas.lan', { guard: orFault(readGuard({ gateway: '02:00:5e:00:53:01' })) });
  const limits = limitsAt({ ...DEFAULTS, guard, targets: [own] }, { target: 'nas.lan', addresses: covering(['192.0.2.1']).addresses });
  assert.deepEqual(
    limits.guards.map((each) => Object.keys(each).sort()),
    [['gateway', 'network']],
  );
});

test('what lies beyond a target goes by the usual limits, in the same scan, too', () => {
  const bold = entry('10.0.0.0/24', { rate: 0, perHost: 0, fragile: true });
  assert.deepEqual(at('10.0.0.0/23', bold).pace, { rate: 300, perHost: 100 });
  assert.equal(at('10.0.0.0/23', bold).fragile, false);
});

test('a scan across two targets is held by the guards of both', () => {
  const guarded = (block: string, gateway: string) => entry(block, { guard: orFault(readGuard({ gateway })) });
  const both = [guarded('10.0.0.0/24', '02:00:5e:00:53:01'), guarded('10.0.1.0/24', '02:00:5e:00:53:02')];
  assert.deepEqual(
    at('10.0.0.0/23', ...both).guards.map(({ gateway }) => gateway),
    ['02:00:5e:00:53:01', '02:00:5e:00:53:02'],
  );
});

test('quiet hours keep plans that ask for ports, and a scan that would have no minute left', () => {
  const limits = at('10.0.0.7', entry('10.0.0.0/24', { quiet: [orFault(parseQuietWindow('08:00-18:00'))] }));
  const utc = { ...limits, quiet: { ...limits.quiet, zone: 'UTC' } };
  const [ports, sweep] = [{ ports: { kind: 'all' } as const }, { ports: null }];
  const noon = Date.parse('2026-11-27T12:00:00Z');
  const until = Date.parse('2026-11-27T18:00:00Z');
  assert.equal(putOffBy(utc, ports, noon)?.until, until);
  assert.equal(putOffBy(utc, sweep, noon), null);
  assert.equal(putOffBy({ ...utc, quietSweeps: true }, sweep, noon)?.until, until);
  assert.equal(putOffBy(utc, ports, Date.parse('2026-11-27T07:59:30Z'))?.until, until);
  assert.equal(putOffBy(utc, ports, Date.parse('2026-11-27T07:58:30Z')), null);
  assert.equal(wallText(until, 'Europe/Berlin'), '2026-11-27 19:00 (Europe/Berlin)');
});
