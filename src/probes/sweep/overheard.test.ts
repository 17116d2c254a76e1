import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rangesOf } from '../../core/index.ts';
import type { Neighbour, NeighbourState } from '../neighbours/neighbour.ts';
import { NEIGHBOUR_STATES } from '../neighbours/neighbour.ts';
import { cardsOf, overheard } from './overheard.ts';

const [CARD, OTHER] = ['02:00:5e:00:00:09', '02:00:5e:00:00:10'];
const asked = { ranges: rangesOf(['10.77.0.9', 'fd77::9']), iface: null };

const entry = (state: NeighbourState, other: Partial<Neighbour> = {}): Neighbour => ({
  address: '10.77.0.9',
  mac: state === 'INCOMPLETE' || state === 'FAILED' ? null : CARD,
  iface: 'va',
  state,
  ...other,
});
const heard = (before: Neighbour[] | null, after: Neighbour[] | null, where: Parameters<typeof overheard>[1] = asked): string[] =>
  overheard({ before, after }, where, 7).map(({ address, mac, reason, seenAt }) => `${address} ${mac} ${reason} ${seenAt}`);

test('of all states only REACHABLE tells of a stranger: DELAY and PROBE say that somebody was spoken to, STALE that somebody was known', () => {
  const telling = NEIGHBOUR_STATES.filter((state) => heard([], [entry(state)]).length > 0);
  assert.deepEqual(telling, ['REACHABLE']);
});

test('who was known is told when it became reachable, or is reachable by another card than before', () => {
  for (const was of ['STALE', 'DELAY', 'PROBE', 'FAILED', 'INCOMPLETE'] as const)
    assert.deepEqual(heard([entry(was)], [entry('REACHABLE')]), [`10.77.0.9 ${CARD} neighbour 7`], was);
  assert.deepEqual(heard([entry('REACHABLE')], [entry('REACHABLE')]), []);
  assert.deepEqual(heard([entry('REACHABLE')], [entry('REACHABLE', { mac: OTHER })]), [`10.77.0.9 ${OTHER} neighbour 7`]);
  assert.deepEqual(heard([entry('REACHABLE')], [entry('DELAY', { mac: OTHER })]), []);
});

test('an IPv6 neighbour advertised itself', () => {
  assert.deepEqual(heard([], [entry('REACHABLE', { address: 'fd77::9' })]), [`fd77::9 ${CARD} nd-advert 7`]);
});

test('nobody is told whom nobody asked for, nor of another interface than the pinned one', () => {
  assert.deepEqual(heard([], [entry('REACHABLE', { address: '10.77.0.10' })]), []);
  assert.deepEqual(heard([], [entry('REACHABLE', { iface: 'vb' })], { ...asked, iface: 'va' }), []);
  assert.deepEqual(heard([], [entry('REACHABLE')], { ...asked, iface: 'va' }).length, 1);
});

test('the same address on two interfaces is two neighbours', () => {
  const before = [entry('REACHABLE', { iface: 'vb' })];
  assert.deepEqual(heard(before, [...before, entry('REACHABLE')]), [`10.77.0.9 ${CARD} neighbour 7`]);
});

test('a table that could not be read on one side tells nothing', () => {
  assert.deepEqual(heard(null, [entry('REACHABLE')]), []);
  assert.deepEqual(heard([], null), []);
});

test('cards are those of one interface, whatever their state', () => {
  const table = [entry('STALE'), entry('FAILED', { address: '10.77.0.8' }), entry('REACHABLE', { address: '10.77.0.7', iface: 'vb' })];
  assert.deepEqual([...cardsOf(table, 'va')], [['10.77.0.9', CARD]]);
});
