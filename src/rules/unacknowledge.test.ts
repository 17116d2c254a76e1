import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rule } from '../../test/make/alerts.ts';
import { AT, HOUR } from '../../test/make/device.ts';
import { Stand } from '../../test/rules/stand.ts';
import type { Incident } from '../core/index.ts';
import { allInLayers } from './layers.ts';
import { newerThan, unacknowledge } from './unacknowledge.ts';

const left = (of: number) => ({ kind: 'device.left', of }) as const;
const REMINDING = { terms: { rules: [rule({ remind: HOUR, group: 'subject' })] } };
const incidents = ({ desk }: Stand): Incident[] => [...allInLayers(desk.incidents)].sort((a, b) => a.id - b.id);

test('an incident of which nobody took note after all is asked about again when it would have been, or now where that has passed', () => {
  const stand = new Stand(REMINDING).at(0, left(1)).run(HOUR / 2);
  const was = incidents(stand);
  stand.acknowledge('open', 'anna');
  assert.equal(incidents(stand)[0]?.remindAt, null);
  const early = unacknowledge(stand.desk, { was, now: AT + HOUR / 2 });
  assert.deepEqual(
    [...allInLayers(early.desk.incidents)].map(({ acknowledged, remindAt }) => [acknowledged, remindAt]),
    [[null, was[0]?.remindAt]],
  );
  const late = unacknowledge(stand.desk, { was, now: AT + 5 * HOUR });
  assert.equal([...allInLayers(late.desk.incidents)][0]?.remindAt, AT + 5 * HOUR);
  assert.deepEqual(
    late.work.incidents.map(({ id, acknowledged }) => [id, acknowledged]),
    [[was[0]?.id, null]],
    'and is written',
  );
});

test('what nobody remembers any more is left alone', () => {
  const stand = new Stand(REMINDING).at(0, left(1)).run(HOUR / 2);
  const [incident] = incidents(stand);
  const { work } = unacknowledge(stand.desk, { was: [{ ...(incident as Incident), id: 99 }], now: AT });
  assert.deepEqual(work.incidents, []);
});

test('an incident about the same that began later is found; one about something else is not', () => {
  const stand = new Stand(REMINDING)
    .at(0, left(1))
    .run(HOUR / 2)
    .at(HOUR, left(2))
    .run(2 * HOUR);
  const [first, second] = incidents(stand) as [Incident, Incident];
  assert.equal(newerThan(stand.desk, first), null, 'the other is about another device');
  const older = { ...second, id: 0 };
  assert.equal(newerThan(stand.desk, older)?.id, second.id);
  assert.equal(newerThan(stand.desk, { ...older, rule: 'other' }), null);
});
