import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mac } from '../../../../test/make/device.ts';
import { historyOptions } from '../../../../test/make/history.ts';
import { readHistory, reasons } from '../../../../test/make/read-history.ts';
import { HISTORY_FORMATS, type HistoryFile, untrusted } from '../../../core/index.ts';
import { createHistoryReader } from './history-reader.ts';

const MB = 1024 * 1024;

/** A head, and then the same bytes over and over: a line of so many megabytes that has no end. */
function endless(head: string, filler: string, megabytes: number): HistoryFile {
  const chunk = Buffer.from(filler.repeat(Math.ceil(MB / filler.length)));
  return {
    name: untrusted('endless'),
    bytes: (async function* () {
      yield Buffer.from(head);
      for (let i = 0; i < megabytes; i++) yield chunk;
    })(),
  };
}

const HEADS: readonly (readonly [string, string, string])[] = [
  ['a cell without end', 'mac,connected_at,last_seen_at\n"', 'x'],
  ['a row of cells without end', 'mac,connected_at,last_seen_at\n', 'x,'],
  ['a text without end in a dump', "-- MySQL dump\nINSERT INTO `nm_device_events` VALUES (1,'", 'x'],
  ['a row of values without end in a dump', '-- MySQL dump\nINSERT INTO `nm_device_events` VALUES (1', ',1'],
  ['a statement without end in a dump', '-- MySQL dump\nCREATE TABLE x (a int', ', b int'],
  ['a comment without end in a dump', '-- MySQL dump\n/* ', '* '],
  ['a word without end in a dump', '-- MySQL dump\n', 'SELECT'],
  ['a line without end of arp.dat', `${mac(1)}\t10.0.0.1\t1704096000\t`, 'host'],
  ['a name without end in XML', '<?xml version="1.0"?><nmaprun ', 'a'],
];

for (const [what, head, filler] of HEADS) {
  test(`${what} takes no memory`, async () => {
    const before = process.memoryUsage.rss();
    const history = await createHistoryReader().read([endless(head, filler, 48)], historyOptions());
    assert.ok(history.records.length <= 1);
    assert.ok(process.memoryUsage.rss() - before < 150 * MB);
  });
}

test('packed files are named as what they are, and not opened', async () => {
  for (const [magic, text] of [
    ['\x1f\x8b\x08\0\0\0\0\0', /gzip/],
    ['PK\x03\x04\0\0\0\0', /zip/i],
  ] as const)
    assert.match(reasons(await readHistory(Buffer.from(magic, 'latin1')))[0] ?? '', text);
});

test('a file read as something that it is not is refused with a reason, whatever it is', async () => {
  const files = [
    '',
    'hello\n',
    '\0\0\0',
    '<nmaprun/>',
    '{"a": 1}',
    `${mac(1)}\t10.0.0.1\t1704096000\n`,
    'SQLite format 3\0',
    '-- MySQL dump\n',
    'a,b\n1,2\n',
  ];
  for (const from of HISTORY_FORMATS)
    for (const content of files) {
      const { records, looks, refused, sources } = await readHistory(content, { from });
      if (records.length + looks.length === 0 && sources[0]?.format === null) assert.ok(refused.count > 0, `${from}: ${content}`);
    }
});

test('one file that cannot be used does not stop the others', async () => {
  const file = (name: string, content: string): HistoryFile => ({
    name: untrusted(name),
    bytes: (async function* () {
      yield Buffer.from(content);
    })(),
  });
  const files = [file('a', 'hello'), file('b', `${mac(1)}\t10.0.0.1\t1704096000\n`), file('c', 'SQLite format 3\0broken')];
  const { records, refused, sources } = await createHistoryReader().read(files, historyOptions());
  assert.deepEqual([records.length, refused.count, sources.map(({ format }) => format)], [1, 2, [null, 'arpwatch', null]]);
});
