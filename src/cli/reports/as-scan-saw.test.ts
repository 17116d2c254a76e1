import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scan } from '../../../test/cli/make.ts';
import { port, seen } from '../../../test/make/device.ts';
import { look, told } from '../../../test/make/view.ts';
import { asScanSaw } from './as-scan-saw.ts';

const before = look([seen('10.0.0.1', 1, { ports: [port(22)] }), seen('10.0.0.2', 2)]);
const after = look([seen('10.0.0.1', 1), seen('10.0.0.9', 9)]);

const coverage = (...addresses: string[]) => ({ addresses, ports: {}, depth: 'ports' as const, basis: 'asked' as const });

test('a whole scan that was believed of all it asked is what its file says', () => {
  assert.deepEqual(told(before, asScanSaw(after, scan({ coverage: coverage('10.0.0.0/24') }))), told(before, after));
  assert.equal(asScanSaw(after, scan({ coverage: null })), after);
});

test('law 2: where a scan was not believed, its file takes nobody away', () => {
  const narrow = told(before, asScanSaw(after, scan({ coverage: coverage('10.0.0.1', '10.0.0.9') })));
  assert.deepEqual(narrow, ['10.0.0.1: port.closed 22', '10.0.0.2: b 10.0.0.2 was not asked', '10.0.0.9: device.appeared']);
});

test('of a partial scan, who was seen where it was not believed is left out, and it says why it is not whole', () => {
  const cause = { code: 'other-route', text: 'another route answered' };
  const view = asScanSaw(after, scan({ outcome: 'partial', cause, coverage: coverage('10.0.0.1') }));
  assert.deepEqual(
    [view.partial, view.entries.length, view.read(0).device.addresses[0]?.address],
    ['another route answered', 1, '10.0.0.1'],
  );
  assert.deepEqual(told(before, view), ['10.0.0.1: port.closed 22', '10.0.0.2: b 10.0.0.2 was not asked']);
});
