import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channel, mute, rule } from '../../test/make/alerts.ts';
import { AT, HOUR } from '../../test/make/device.ts';
import { Stand } from '../../test/rules/stand.ts';
import { messageOf } from './message-of.ts';
import { wholeTimeIn } from './moments.ts';

/** Elements of a page that are ours. */
const OURS = new Set(['html', 'head', 'meta', 'body', 'h1', 'ul', 'li', 'p', 'br', 'span']);

const left = (of: number, name?: string) => ({ kind: 'device.left', of, ...(name === undefined ? {} : { device: { name } }) }) as const;

test('a message is whole: what, when, why, and how it stands', () => {
  const stand = new Stand({ terms: { rules: [rule({ urgency: 'high' })] } }).at(0, left(1), left(2)).run(HOUR);
  const [message] = stand.arrived.map(({ row }) => messageOf(stand.desk, row));
  assert.equal(message?.subject, '2 devices left: host1.lan, host2.lan');
  assert.equal(
    message?.text,
    [
      '2026-01-05 08:00 UTC  host1.lan left, last seen 2026-01-05 07:59 UTC [10.0.0.1]',
      '2026-01-05 08:00 UTC  host2.lan left, last seen 2026-01-05 07:59 UTC [10.0.0.2]',
      '',
      'rule left, urgency high',
      'incident 1: open since 2026-01-05 08:00 UTC, 2 changes',
    ].join('\n'),
  );
  assert.deepEqual([message?.id, message?.at, message?.attachments], ['tag-1', AT, []]);
});

test('a message that tells of several rules names them', () => {
  const rules = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name) => rule({ name, urgency: name === 'h' ? 'high' : 'normal' }));
  const stand = new Stand({ terms: { rules } }).at(0, left(1)).run(HOUR);
  const [, , gathered] = stand.arrived.map(({ row }) => messageOf(stand.desk, row).text.split('\n').at(-1));
  assert.equal(gathered, 'rules c, d, e, f, g and 2 more, urgency high');
});

test('for machines it has fields', () => {
  const stand = new Stand().at(0, left(7)).run(HOUR);
  const [sent] = stand.arrived;
  const { lines, ...alert } = sent?.message.alert ?? { lines: [] };
  assert.deepEqual(alert, {
    site: 'home',
    kind: 'opened',
    urgency: 'normal',
    rule: 'left',
    incident: { id: 1, state: 'open', openedAt: AT },
    thread: 'tag-mail-i1',
    replaces: null,
    more: 0,
  });
  assert.deepEqual([lines[0]?.seq, lines[0]?.kind, lines[0]?.device?.id], [1, 'device.left', 7]);
});

test('moments are written by the clock that is asked for', () => {
  const stand = new Stand().at(0, left(7)).run(HOUR);
  const [row] = stand.rows.values();
  assert.ok(row);
  assert.match(messageOf(stand.desk, row, wholeTimeIn('Asia/Tokyo')).text, /^2026-01-05 17:00 \+09:00 {2}host7/);
});

test('the end of an incident is told with how long it took, and who took note', () => {
  const stand = new Stand().at(0, left(7));
  stand
    .do(60_000, () => stand.acknowledge('open', 'anna'))
    .at(HOUR, { kind: 'device.returned', of: 7 })
    .run(2 * HOUR);
  const text = stand.arrived.at(-1)?.message.text ?? '';
  assert.match(text, /incident 1: over 2026-01-05 09:00 UTC after 1h, 2 changes, anna took note of it 2026-01-05 08:01 UTC$/);
  assert.equal(stand.arrived.at(-1)?.message.alert?.incident?.state, 'over');
});

test('S5, S22, S23: hostile names stay inert in subject, text and page', () => {
  const names = [
    '<img src=x onerror=alert(1)>',
    'a\r\nBcc: x@example.org',
    '${7*7}{{constructor}}',
    '\u202etxt.exe',
    'http://evil.example',
    '"\'`&',
  ];
  for (const name of names) {
    const stand = new Stand().at(0, left(7, name)).run(HOUR);
    const message = stand.arrived[0]?.message;
    const html = message?.html ?? '';
    assert.ok(!/[\r\n\u202e]/.test(message?.subject ?? '\n'), 'one line');
    assert.ok(!/\u202e|\r/.test(message?.text ?? '\r'));
    assert.ok(!/<img|on\w+=x|http:\/\/|x@example|evil\.example/.test(html), html);
    const tags = new Set([...html.matchAll(/<\/?([a-z0-9]+)/g)].map(([, tag]) => tag ?? ''));
    assert.deepEqual([...tags.difference(OURS)], []);
  }
});

test('a digest and a fallback say why they come so', () => {
  const mutes = [mute({ kind: 'maintenance', from: AT, until: AT + HOUR, why: 'new switch' })];
  const digest = new Stand({ terms: { mutes, channels: [channel('mail')] } }).at(0, left(7)).run(2 * HOUR);
  assert.match(digest.arrived[0]?.message.text ?? '', /held back: maintenance until 2026-01-05 09:00: new switch/);
});
