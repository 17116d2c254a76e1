import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beat, judge, nextTo, settle, tallyOf } from '../../src/rules/index.ts';
import { channel, happeningOf, rule, terms, windows } from '../make/alerts.ts';
import { AT } from '../make/device.ts';
import { Stand, taken } from './stand.ts';

test('thousands that wait when a ceiling or quiet hours come into force hold nobody up', () => {
  const [free, capped] = [channel('log', { ceiling: 0 }), channel('log')];
  const asked = terms({ rules: [rule({ group: 'subject' })], channels: [free] });
  const crowd = Array.from({ length: 3000 }, (_, i) =>
    happeningOf({ kind: 'device.left', of: i + 1 }, { seq: i + 1, at: AT + i, scan: i }),
  );
  const now = AT + 10_000;
  let { desk } = judge(new Stand().desk, { happenings: crowd, terms: asked, now });
  const begun = process.cpuUsage();
  for (let i = 0; i < 3; i++) {
    const sent = nextTo(desk, 'log', now);
    assert.ok(sent);
    desk = settle(desk, { id: sent.id, sent, delivery: taken(), terms: { ...asked, channels: [capped] }, now, dice: 0 }).desk;
  }
  assert.equal(nextTo(desk, 'log', now), null);
  const held = beat(desk, { terms: { ...asked, channels: [capped] }, now });
  const sending = process.cpuUsage(begun);
  const folding = process.cpuUsage();
  const quiet = beat(held.desk, { terms: { ...asked, channels: [capped], quiet: windows('00:00-23:00') }, now });
  const folded = process.cpuUsage(folding);
  assert.equal(tallyOf(quiet.desk).waiting, 1);
  assert.ok(sending.user < 1_000_000, `three sent, and a beat: ${sending.user / 1000} ms`);
  assert.ok(folded.user < 3_000_000, `all of them folded: ${folded.user / 1000} ms`);
});
