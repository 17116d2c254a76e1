import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toldBy } from './told.ts';

test('subject first, then the text', () => {
  assert.deepEqual(toldBy({ subject: 'nas left', text: 'nas left, last seen 00:58\n' }), {
    subject: 'nas left',
    text: 'nas left, last seen 00:58',
    whole: 'nas left\nnas left, last seen 00:58',
  });
});

test('a text that begins with its subject does not say it twice', () => {
  assert.equal(toldBy({ subject: 'nas left', text: 'nas left\n\nlast seen 00:58' }).whole, 'nas left\nlast seen 00:58');
  assert.equal(toldBy({ subject: 'nas left', text: 'nas left' }).whole, 'nas left');
});

test('nothing at all is still something that a service takes', () => {
  assert.deepEqual(toldBy({ subject: ' ', text: '\n' }), { subject: 'Rollcall', text: '', whole: 'Rollcall' });
});

test('of a single change the title says what, and the text when, and the rest; of several each says what', () => {
  const at = '2026-01-05 08:00 UTC';
  const told = (subject: string, text: string): string => toldBy({ subject, text }).text;
  assert.equal(
    told('nas.lan left', `${at}  nas.lan left, last seen 2026-01-05 07:59 UTC [10.0.0.1]\n\nrule left, urgency high`),
    `${at}: last seen 2026-01-05 07:59 UTC [10.0.0.1]\n\nrule left, urgency high`,
  );
  assert.equal(told('over: nas is back', `${at}  nas is back [10.0.0.1]`), `${at} [10.0.0.1]`);
  const several = `${at}  nas left\n${at}  tv left`;
  assert.equal(told('nas left', several), several);
  for (const other of [`${at}  nas left-over came`, `${at}  the nas left`, `x\n${at}  nas left`])
    assert.equal(told('nas left', other), other);
});
