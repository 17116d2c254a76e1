import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHANGE_KINDS, type Change } from '../core/index.ts';
import { timeIn, utcTime, wholeTimeIn } from './moments.ts';
import { tellLine } from './tell-line.ts';

const change = (fields: Partial<Change>): Change => ({
  seq: 1,
  at: Date.UTC(2026, 0, 5, 8),
  scan: 1,
  kind: 'device.left',
  device: 7,
  before: null,
  after: null,
  ...fields,
});
const text = (fields: Partial<Change>, name: string | null = 'nas.lan', time?: (at: number) => string): string =>
  tellLine({ change: change(fields), device: null, name, ...(time ? { time } : {}) }).text;

test('a change is one line that says who, what, and how it differs', () => {
  const lastSeen = '2026-01-05T07:30:00.000Z';
  assert.equal(text({ before: { lastSeen } }), 'nas.lan left, last seen 2026-01-05 07:30 UTC');
  assert.equal(text({ before: { lastSeen } }, 'nas.lan', timeIn('Europe/Berlin')), 'nas.lan left, last seen 2026-01-05 08:30');
  assert.equal(text({ kind: 'device.returned', after: { addresses: ['10.0.0.7'] } }), 'nas.lan is back at 10.0.0.7');
  const port = { port: 22, protocol: 'tcp', state: 'open', service: { name: 'ssh', product: 'OpenSSH', version: '9' } };
  assert.equal(text({ kind: 'port.opened', after: port }), 'nas.lan opened 22/tcp ssh OpenSSH 9');
  assert.equal(
    text({ kind: 'vantage.blind', device: null, after: { target: '10.0.0.0/24', cause: { text: 'the cable is out' } } }, null),
    'blind: 10.0.0.0/24: the cable is out',
  );
  assert.equal(
    text({ kind: 'person.arrived', device: null, after: { name: 'anna', text: 'came home with phone' } }, null),
    'anna came home with phone',
  );
});

test('a device without a name is called by its address, or its number', () => {
  const device = { id: 7, name: null, address: '10.0.0.7', mac: null, vendor: null, type: null, owner: null } as const;
  const rest = { groups: [], tags: [], presence: 'away', ports: [] } as const;
  const told = tellLine({
    change: change({ kind: 'device.stable', after: { text: 'since an hour' } }),
    device: { ...device, ...rest },
    name: null,
  });
  assert.equal(told.text, '10.0.0.7 is stable: since an hour');
  assert.match(text({}, null), /^device 7 left/);
});

test('every kind of change has words, even where its sides say nothing', () => {
  for (const kind of CHANGE_KINDS)
    for (const device of [7, null]) {
      const told = text({ kind, device, after: { text: 'it is so' } });
      assert.ok(told.length > 0 && !told.includes('undefined') && !told.includes('Invalid'), `${kind}: ${told}`);
    }
});

test('S5: a hostile name stays on one line, and cannot turn the writing round', () => {
  const told = text({}, `\u202egnihton\r\nSubject: x\u001b[31m${'y'.repeat(5000)}`);
  assert.ok(!/[\p{Cc}\u202e]/u.test(told) && told.length <= 500);
});

test('a moment past all calendars is written all the same', () => {
  for (const time of [utcTime, timeIn('UTC'), wholeTimeIn('UTC')])
    for (const at of [Number.NaN, Infinity, 1e18]) assert.equal(time(at), 'an unknown moment');
});
