import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellDevice } from '../../test/make/alerts.ts';
import type { ChangeKind, TellLine } from '../core/index.ts';
import { countedTitle, headline, titleOf } from './titles.ts';

let seq = 0;
const line = (kind: ChangeKind, of: number | string, text = `text of ${of}`): TellLine => {
  seq += 1;
  const device = typeof of === 'number' ? tellDevice(of) : null;
  return { seq, at: 0, kind, text, device, place: device ? null : String(of), before: null, after: device ? null : { target: of } };
};
const title = (lines: readonly TellLine[], more = 0, kind: Parameters<typeof titleOf>[0]['kind'] = 'opened'): string =>
  titleOf({ kind, lines, more });

test('one change is told by who did what; what is a port or no device by all of it', () => {
  assert.equal(title([line('device.left', 1)]), 'host1.lan left');
  assert.equal(headline(line('port.opened', 1, 'host1.lan opened 22/tcp')), 'host1.lan opened 22/tcp');
  assert.equal(title([line('segment.lost', 'x', 'segment lost: x')]), 'segment lost: x');
});

test('several are counted by kind and named, three at most', () => {
  const four = [1, 2, 3, 4].map((id) => line('device.left', id));
  assert.equal(title(four), '4 devices left: host1.lan, host2.lan, host3.lan and 1 more');
  assert.equal(
    title([...four.slice(0, 2), line('device.appeared', 5)]),
    '2 devices left, host5.lan is new: host1.lan, host2.lan, host5.lan',
  );
  assert.match(title(four, 50), /^4 devices left and 50 more: host1/);
});

test('what is over is told as over, and what is only said of it does not count', () => {
  const [left, back] = [line('device.left', 1), line('device.returned', 1)];
  assert.equal(title([left, back]), 'over: host1.lan left');
  assert.equal(title([left, line('device.left', 2), back]), '2 devices left: host1.lan, host2.lan');
  assert.equal(title([left, back, line('device.left', 1)]), '2 devices left: host1.lan');
  assert.equal(title([line('device.appeared', 1), line('device.described', 1)]), 'host1.lan is new');
  assert.equal(title([back], 0, 'resolved'), 'over: host1.lan is back');
});

test('the kind of a notification comes first', () => {
  const lines = [line('device.left', 1)];
  assert.deepEqual(
    (['reminder', 'escalation', 'digest', 'fallback'] as const).map((kind) => title(lines, 0, kind)),
    ['still: host1.lan left', 'nobody took note: host1.lan left', 'held back: host1.lan left', 'not delivered elsewhere: host1.lan left'],
  );
  assert.equal(titleOf({ kind: 'fallback', lines, more: 0 }, 'chat'), 'not delivered by chat: host1.lan left');
});

test('a title is never longer than 200, whatever names there are', () => {
  const device = tellDevice(1, { name: 'x'.repeat(255) });
  assert.ok(title([{ ...line('device.left', 1), device }, line('device.left', 2)]).length <= 200);
});

test('an incident of several is called by what they are', () => {
  const subjects = [
    { key: 'a', over: false, kind: 'device.left' },
    { key: 'b', over: true, kind: 'device.left' },
    { key: 'c', over: false },
  ] as const;
  assert.equal(countedTitle(subjects), '2 devices left, 1 others');
});
