import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AT, HOUR, MINUTE, mac } from '../../../../test/make/device.ts';
import { type MonitorRow, monitorDump, sqlTime } from '../../../../test/make/history.ts';
import { readHistory, reasons, sessionLines } from '../../../../test/make/read-history.ts';

const row = (fields: Partial<MonitorRow> = {}): MonitorRow => ({
  mac: mac(1).toUpperCase(),
  ip: '10.0.0.1',
  from: Date.UTC(2025, 6, 1, 8),
  to: Date.UTC(2025, 6, 1, 9),
  ...fields,
});

test('S1: a dump gives its rows, in the zone that the dump itself says', async () => {
  const history = await readHistory(monitorDump([row(), row({ vendor: null, ip: '10.0.0.2', from: AT - HOUR, to: AT - MINUTE })]), {
    zone: 'Europe/Berlin',
  });
  assert.deepEqual(sessionLines(history), [
    '02:00:5e:00:00:01 10.0.0.1 2025-07-01 08:00:00..2025-07-01 09:00:00',
    '02:00:5e:00:00:01 10.0.0.2 2026-01-05 07:00:00..2026-01-05 07:59:00',
  ]);
  const [source] = history.sources;
  assert.deepEqual(
    [source?.format, source?.guessed, source?.rows, source?.notes],
    ['network-monitor', true, 2, ['its timestamps are in +00:00, as it says']],
  );
});

test('S1: a dump that does not say its zone (--skip-tz-utc) is read in the one that was named', async () => {
  const history = await readHistory(monitorDump([row()], { zone: '' }), { zone: 'Europe/Berlin' });
  assert.deepEqual(sessionLines(history), ['02:00:5e:00:00:01 10.0.0.1 2025-07-01 06:00:00..2025-07-01 07:00:00']);
});

test('S1: a dump of rows alone is of the program’s own table', async () => {
  const rows =
    monitorDump([row()])
      .split('\n')
      .find((line) => line.startsWith('INSERT')) ?? '';
  assert.equal(sessionLines(await readHistory(rows)).length, 1);
  const other = await readHistory(rows.replace('nm_device_events', 'events'));
  assert.match(reasons(other)[0] ?? '', /nothing says which column is which/);
});

test('S1: the table saved as CSV or TSV, with NULLs as MySQL writes them', async () => {
  const cells = ['7', mac(1), 'Example, Inc.', '(10.0.0.1)', '2025-07-01 08:00:00', '2025-07-01 09:00:00'];
  const heading = ['id', 'mac', 'vendor', 'ip', 'connected_at', 'last_seen_at'];
  const expected = ['02:00:5e:00:00:01 10.0.0.1 2025-07-01 08:00:00..2025-07-01 09:00:00'];
  const csv = [heading, cells].map((line) => line.map((cell) => `"${cell}"`).join(',')).join('\r\n');
  assert.deepEqual(sessionLines(await readHistory(csv)), expected);
  const batch = [heading, cells, ['8', mac(2), 'NULL', 'x.x.x.x', '\\N', '2025-07-01 09:00:00']].map((line) => line.join('\t')).join('\n');
  assert.deepEqual(sessionLines(await readHistory(batch)), [...expected, '02:00:5e:00:00:02 null 2025-07-01 09:00:00..']);
});

test('S1: a table that a spreadsheet saved, with its mark before the first name, is no dump', async () => {
  const table = `\ufeffmac;vendor;ip;connected_at;last_seen_at\r\n${mac(1)};x;10.0.0.1;2025-07-01 08:00:00;2025-07-01 09:00:00\r\n`;
  assert.deepEqual(sessionLines(await readHistory(table)), ['02:00:5e:00:00:01 10.0.0.1 2025-07-01 08:00:00..2025-07-01 09:00:00']);
});

test('S1: the first version of the program wrote down comings and goings', async () => {
  const rows = [
    [mac(1), '1', '2025-07-01 08:00:00'],
    [mac(1), '0', '2025-07-01 10:00:00'],
    [mac(1), '1', '2025-07-02 08:00:00'],
  ];
  const csv = `mac,vendor,ip,status,created_at\n${rows.map(([card, status, at]) => `${card},Example,10.0.0.1,${status},${at}`).join('\n')}\n`;
  assert.deepEqual(sessionLines(await readHistory(csv)), [
    '02:00:5e:00:00:01 10.0.0.1 2025-07-01 08:00:00..2025-07-01 10:00:00',
    '02:00:5e:00:00:01 10.0.0.1 2025-07-02 08:00:00..',
  ]);
});

test('the hour that a clock shows twice, and the one it leaves out, turn no session round', async () => {
  const csv = (from: string, to: string): string => `mac,connected_at,last_seen_at\n${mac(1)},${from},${to}\n`;
  const read = async (from: string, to: string) => sessionLines(await readHistory(csv(from, to), { zone: 'Europe/Berlin' }));
  // 2025-10-26 03:00 CEST is 02:00 CET.
  assert.deepEqual(await read('2025-10-26 02:50:00', '2025-10-26 02:10:00'), [
    '02:00:5e:00:00:01 null 2025-10-26 00:50:00..2025-10-26 01:10:00',
  ]);
  assert.deepEqual(await read('2025-10-26 02:10:00', '2025-10-26 02:50:00'), [
    '02:00:5e:00:00:01 null 2025-10-26 00:10:00..2025-10-26 00:50:00',
  ]);
  // 2025-03-30 02:00 CET is 03:00 CEST.
  assert.deepEqual(await read('2025-03-30 01:59:00', '2025-03-30 02:30:00'), [
    '02:00:5e:00:00:01 null 2025-03-30 00:59:00..2025-03-30 01:30:00',
  ]);
  assert.deepEqual(await read('2025-03-30 02:30:00', '2025-03-30 03:40:00'), [
    '02:00:5e:00:00:01 null 2025-03-30 01:30:00..2025-03-30 01:40:00',
  ]);
});

test('rows that cannot be are refused one by one, with their line and reason; the others count', async () => {
  const rows = [
    ['not a mac', '2025-07-01 08:00:00', '2025-07-01 09:00:00'],
    ['01:00:5e:00:00:01', '2025-07-01 08:00:00', '2025-07-01 09:00:00'],
    [mac(1), '2025-02-31 08:00:00', '2025-07-01 09:00:00'],
    [mac(1), '9999-12-31 23:59:59', '9999-12-31 23:59:59'],
    [mac(1), '1970-01-01 00:00:00', '2025-07-01 09:00:00'],
    [mac(1), '2025-07-01 09:00:00', '2025-07-01 08:00:00'],
    [mac(1), '0000-00-00 00:00:00', ''],
    [mac(1), '2025-07-01 08:00:00', '2025-07-01 09:00:00'],
  ];
  const history = await readHistory(`mac,connected_at,last_seen_at\n${rows.map((cells) => cells.join(',')).join('\n')}\nshort\n`);
  assert.deepEqual(reasons(history), [
    '2: "not a mac" is no hardware address',
    '3: 01:00:5e:00:00:01 is the address of a group, not of a device',
    '4: "2025-02-31 08:00:00" is no time',
    '5: 9999-12-31T23:59:59.000Z is in the future',
    '6: 1970-01-01T00:00:00.000Z is no time of such a record',
    '7: it was seen last at 2025-07-01T08:00:00.000Z, before it came at 2025-07-01T09:00:00.000Z',
    '8: it says neither when the device came nor when it was seen last',
    '10: it has 1 cells, where the heading has 3',
  ]);
  assert.equal(history.refused.count, 8);
  assert.equal(sessionLines(history).length, 1);
});

test('S8: what a dump would do is not done; SQL inside of a text is text, and terminals get no orders', async () => {
  const vendor = "x'); DROP TABLE nm_device_events; -- \\' \u001b[31mred\u202e";
  const dump = monitorDump([row({ vendor, mac: '02:00:5e:00:00:09' })]);
  const more = `${dump}\nDELETE FROM device;\nCREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET NEW.mac = 'y';\n/*!50003 CALL sys.exec('rm -rf /') */;\nINSERT INTO \`nm_device_events\` VALUES (9,load_file('/etc/passwd'),NULL,'10.0.0.1',now(),now());\nINSERT INTO nm_device_events (mac, ip) SELECT mac, ip FROM other;\n`;
  const history = await readHistory(more);
  assert.equal(history.records.length, 1);
  assert.equal(history.records[0]?.vendor, "x'); DROP TABLE nm_device_events; -- \\' [31mred");
  assert.deepEqual(reasons(history), [`${more.slice(0, more.indexOf('(9,load_file')).split('\n').length}: its mac is no plain value`]);
});

test('a dump that ends in the middle is told, and what was read before counts', async () => {
  const dump = monitorDump([row(), row({ mac: mac(2) })]);
  const history = await readHistory(dump.slice(0, dump.lastIndexOf("'10.0.0.1'") + 4));
  assert.equal(history.records.length, 1);
  assert.match(reasons(history)[0] ?? '', /it ends in the middle of a statement/);
});

const texts = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.toWellFormed());

test('whatever stands in a text of a dump, however its bytes are cut, the rows around it are read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 64 }), async (vendors, chunk) => {
      const rows = vendors.map((vendor, i) => row({ vendor, mac: mac(i + 1), from: AT - (i + 2) * HOUR, to: AT - (i + 1.5) * HOUR }));
      const whole = await readHistory(monitorDump(rows, { perInsert: 2 }), { chunk });
      assert.deepEqual(reasons(whole), []);
      assert.deepEqual(
        whole.records.map(({ mac: card, sessions }) => [card, sqlTime([...sessions][0]?.from ?? 0)]),
        rows.map(({ mac: card, from }) => [card, sqlTime(from)]),
      );
    }),
    { numRuns: 200 },
  );
});

test('no garbage is a crash, and none makes memory grow', async () => {
  const pieces = [
    "'",
    '"',
    '`',
    '\\',
    '(',
    ')',
    ',',
    ';',
    '/*!',
    '*/',
    '--',
    '\n',
    'INSERT INTO `nm_device_events` VALUES ',
    'CREATE TABLE `x` ',
    'NULL',
    '0x',
    mac(1),
    'SET TIME_ZONE=',
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), async (parts, chunk) => {
      await readHistory(`-- MySQL dump\n${parts.join('')}`, { chunk });
      await readHistory(`mac,connected_at,last_seen_at\n${parts.join('')}`, { chunk });
    }),
    { numRuns: 300 },
  );
});
