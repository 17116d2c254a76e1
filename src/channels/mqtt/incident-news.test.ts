import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openIncident } from '../../../test/make/picture.ts';
import type { MirroredIncident } from '../../core/index.ts';
import { incidentNews } from './incident-news.ts';

const told = (before: readonly MirroredIncident[] | null, after: readonly MirroredIncident[] | null): string[] =>
  incidentNews(before, after).map((text) => {
    const { event_type: what, id } = JSON.parse(text) as { readonly event_type: string; readonly id: number };
    return `${what} ${id}`;
  });

test('what happens to an incident between two pictures is told once, and nothing where it is the same', () => {
  const one = openIncident(1);
  const known = openIncident(1, { acknowledged: { at: 5, by: 'anna' } });
  assert.deepEqual(told([], [one]), ['opened 1']);
  assert.deepEqual(told([one], [structuredClone(one)]), []);
  assert.deepEqual(told([one], [openIncident(1, { count: 2 })]), ['changed 1']);
  assert.deepEqual(told([one], [openIncident(1, { urgency: 'critical' })]), ['changed 1']);
  assert.deepEqual(told([one], [known]), ['acknowledged 1']);
  assert.deepEqual(told([known], []), ['over 1']);
});

test('what was not known before has not happened now', () => {
  assert.deepEqual(told(null, [openIncident(1)]), []);
  assert.deepEqual(told([openIncident(1)], null), []);
});

test('of a flood of incidents only some are told as events', () => {
  const flood = Array.from({ length: 500 }, (_, i) => openIncident(i + 1));
  assert.equal(told([], flood).length, 50);
});
