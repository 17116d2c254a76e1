import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, HOUR, MINUTE } from '../../test/make/device.ts';
import type { Change } from '../core/index.ts';
import { Vigil } from './vigil.ts';

const LAN = { text: '10.0.0.0/24', window: 45 * MINUTE };
const change = (kind: Change['kind'], at: number, target: string = LAN.text): Change => ({
  kind,
  at,
  device: null,
  before: null,
  after: { target, cause: kind === 'vantage.blind' ? { code: 'no-carrier', text: 'eth0 has no carrier' } : null },
  seq: 1,
  scan: 1,
});
const blind = (at: number): Change => change('vantage.blind', at);
const restored = (at: number): Change => change('vantage.restored', at);

/** A vigil that began at AT and was told these changes. */
function vigil(...changes: Change[]): Vigil {
  const made = new Vigil();
  made.begin(AT);
  made.note(changes);
  return made;
}

test('while no schedule is kept, nothing was watched', () => {
  assert.equal(new Vigil().since([LAN], AT), null);
});

test('watching goes back to where it began, or began anew', () => {
  const made = vigil();
  assert.equal(made.since([LAN], AT + HOUR), AT);
  made.begin(AT + HOUR);
  assert.equal(made.since([], AT + 2 * HOUR), AT + HOUR);
});

test('a target that cannot be seen says why, until it can', () => {
  const made = vigil(blind(AT + 1));
  assert.equal(made.blindBy(LAN.text), 'eth0 has no carrier');
  assert.equal(made.blindBy('10.0.1.0/24'), null);
  made.note([restored(AT + 2)]);
  assert.equal(made.blindBy(LAN.text), null);
});

test('hours of blindness break the vigil of their target and of no other', () => {
  const made = vigil(blind(AT), restored(AT + 3 * HOUR));
  assert.equal(made.since([LAN], AT + 4 * HOUR), AT + 3 * HOUR);
  assert.equal(made.since([{ ...LAN, text: '10.0.1.0/24' }], AT + 4 * HOUR), AT);
});

test('a scan that ends a long blindness counts it as broken already', () => {
  assert.equal(vigil(blind(AT)).since([LAN], AT + 3 * HOUR), AT + 3 * HOUR);
});

test('a moment of blindness leaves the window watched; how long a moment is follows from the window', () => {
  const made = vigil(blind(AT + MINUTE), restored(AT + 6 * MINUTE));
  assert.equal(made.since([LAN], AT + HOUR), AT);
  assert.equal(made.since([{ ...LAN, window: 10 * MINUTE }], AT + HOUR), AT + 6 * MINUTE);
});

test('R32: after a gap in time blindness is counted from then on, whatever the clock said before', () => {
  const made = vigil(blind(AT + 365 * 24 * HOUR));
  made.begin(AT);
  assert.equal(made.since([LAN], AT + MINUTE), AT);
  assert.equal(made.since([LAN], AT + 2 * HOUR), AT + 2 * HOUR);
  made.note([restored(AT + 2 * HOUR)]);
  made.begin(AT + 5 * HOUR);
  assert.equal(made.since([LAN], AT + 6 * HOUR), AT + 5 * HOUR);
});
