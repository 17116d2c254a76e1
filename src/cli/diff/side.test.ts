import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readSide } from './side.ts';

// A moment without a zone is meant in the zone of this machine: half a day off UTC, so that nothing agrees by chance.
process.env['TZ'] = 'Asia/Tokyo';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const cwd = mkdtempSync(join(tmpdir(), 'rollcall-side-'));
after(() => rmSync(cwd, { recursive: true }));
for (const name of ['monday', '31', 'now', 'home@1d', 'mail@home.xml']) writeFileSync(join(cwd, name), '');

const read = (text: string) => readSide(text, { cwd, now: NOW });
const file = (title: string) => ({ kind: 'file', title, path: join(cwd, title) });
const stored = (text: string) => ({ kind: 'stored', text });

test('a path, a name that ends in .xml and any file that is there is a file', () => {
  for (const text of ['./nowhere', 'old/scan', 'missing.xml', 'monday', '31', 'home@1d', 'mail@home.xml', './now'])
    assert.deepEqual(read(text), file(text));
  assert.deepEqual(read('/var/scans/1.xml'), { kind: 'file', title: '/var/scans/1.xml', path: '/var/scans/1.xml' });
  assert.deepEqual(read('file:now'), file('now'));
  assert.deepEqual(read('-'), { kind: 'stdin' });
});

test('a number is a scan, and scan: says so where a file has that name', () => {
  assert.deepEqual(read('32'), stored('scan:32'));
  assert.deepEqual(read('scan:31'), stored('scan:31'));
});

test('now and baseline mean the network, also where files have those names', () => {
  assert.deepEqual(read('now'), stored('@now'));
  assert.deepEqual(read('baseline'), stored('@baseline'));
  assert.deepEqual(read('home@now'), stored('home@now'));
  assert.deepEqual(read('192.168.1.0/24@baseline'), stored('192.168.1.0/24@baseline'));
});

test('a moment is sent in UTC, whichever way it was typed', () => {
  const moments = {
    '@1d': '@2026-11-20T12:00:00.000Z',
    'home@yesterday': 'home@2026-11-20T12:00:00.000Z',
    'home@2026-03-01T03:00': 'home@2026-02-28T18:00:00.000Z',
    'home@2026-03-01': 'home@2026-02-28T15:00:00.000Z',
    '192.168.1.0/24@2026-03-01T03:00Z': '192.168.1.0/24@2026-03-01T03:00:00.000Z',
    'fd00::/64@2h30m': 'fd00::/64@2026-11-21T09:30:00.000Z',
    '10.0.0.5-20@2026-03-01T03:00+02:00': '10.0.0.5-20@2026-03-01T01:00:00.000Z',
  };
  for (const [typed, text] of Object.entries(moments)) assert.deepEqual(read(typed), stored(text));
});

test('what is none of these is refused with what it could be', () => {
  const refused: [string, RegExp][] = [
    ['tuesday', /^reading side "tuesday": it is no file, no scan and no moment$/],
    ['', /^reading side "": /],
    ['scan:x', /^reading side "scan:x": /],
    ['home@yesterdy', /^reading side "home@yesterdy": .*"yesterdy".* not a time/],
    ['192.168.1.0/24@yesterdy', /"yesterdy".* not a time/],
    ['home@2026-02-30', /"2026-02-30".* not a time/],
    ['file:', /^reading side "file:": it names no file$/],
    ['x'.repeat(500), /^reading side "x{80}\.\.\.": /],
  ];
  for (const [text, message] of refused) assert.throws(() => read(text), { name: 'Fault', code: 'bad-input', message });
  assert.throws(() => read('tuesday'), { remedy: /scan\.xml.*31.*now, baseline.*home@yesterday.*@1d/ });
});
