import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import fc from 'fast-check';
import { readHistory, reasons, sessionLines } from '../../../../test/make/read-history.ts';

/** A database as these statements leave it. */
function database(...statements: string[]): Uint8Array {
  const made = new DatabaseSync(':memory:');
  for (const statement of statements) made.exec(statement);
  const bytes = made.serialize();
  made.close();
  return bytes;
}

// Version 2 (internal/gdb): both tables made by gorm of one type; "history" gets a row of every host at every scan.
const V2 = (table: string): string =>
  `CREATE TABLE \`${table}\` (\`ID\` integer PRIMARY KEY AUTOINCREMENT,\`NAME\` text,\`DNS\` text,\`IFACE\` text,\`IP\` text,\`MAC\` text,\`HW\` text,\`DATE\` text,\`KNOWN\` integer,\`NOW\` integer)`;
const v2row = (table: string, values: string): string =>
  `INSERT INTO ${table} (NAME, DNS, IFACE, IP, MAC, HW, DATE, KNOWN, NOW) VALUES (${values})`;
// Version 1 (internal/db/db-edit.go): "history" gets a row when a host comes or goes.
const V1 = [
  'CREATE TABLE "now" ("ID" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT UNIQUE, "NAME" TEXT NOT NULL, "IP" TEXT, "MAC" TEXT, "HW" TEXT, "DATE" TEXT, "KNOWN" INTEGER DEFAULT 0, "NOW" INTEGER DEFAULT 0)',
  'CREATE TABLE "history" ("ID" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT UNIQUE, "HOST" INTEGER DEFAULT 0, "NAME" TEXT NOT NULL, "IP" TEXT, "MAC" TEXT, "HW" TEXT, "DATE" TEXT, "KNOWN" INTEGER DEFAULT 0, "STATE" INTEGER DEFAULT 0)',
];

test('version 2: every scan is a sighting or a miss, and close sightings are one stretch', async () => {
  const looks = ['08:00', '08:02', '08:04'].map((at) =>
    v2row('history', `'tv','tv.lan','eth0','10.0.0.7','02:00:5e:00:00:07','Nvidia','2024-01-01 ${at}:00',1,1`),
  );
  const missed = ['08:06', '08:08'].map((at) =>
    v2row('history', `'tv','tv.lan','eth0','10.0.0.7','02:00:5e:00:00:07','Nvidia','2024-01-01 ${at}:00',1,0`),
  );
  const bytes = database(
    V2('now'),
    V2('history'),
    ...looks,
    ...missed,
    v2row('now', `'tv','tv.lan','eth0','10.0.0.7','02:00:5e:00:00:07','Nvidia','2024-01-01 08:04:00',1,0`),
  );
  const history = await readHistory(bytes);
  assert.deepEqual(sessionLines(history), [
    '02:00:5e:00:00:07 10.0.0.7 2024-01-01 08:04:00..',
    '02:00:5e:00:00:07 10.0.0.7 2024-01-01 08:00:00..2024-01-01 08:04:00',
    '02:00:5e:00:00:07 10.0.0.7 2024-01-01 08:06:00..2024-01-01 08:08:00 away',
  ]);
  assert.deepEqual([history.records[0]?.said, history.records[0]?.names], [{ alias: 'tv' }, [{ name: 'tv.lan', source: 'dns' }]]);
  assert.deepEqual([history.sources[0]?.format, history.sources[0]?.rows], ['watchyourlan', 6]);
});

test('version 1: what came stayed until it went, and columns have other names', async () => {
  const rows = [
    `INSERT INTO history (HOST, NAME, IP, MAC, HW, DATE, KNOWN, STATE) VALUES (1,'','10.0.0.7','02:00:5e:00:00:07','x','2024-01-01 08:00:00',0,1)`,
    `INSERT INTO history (HOST, NAME, IP, MAC, HW, DATE, KNOWN, STATE) VALUES (1,'','10.0.0.7','02:00:5e:00:00:07','x','2024-01-01 20:00:00',0,0)`,
  ];
  assert.deepEqual(sessionLines(await readHistory(database(...V1, ...rows))), [
    '02:00:5e:00:00:07 10.0.0.7 2024-01-01 08:00:00..2024-01-01 20:00:00',
  ]);
});

test('columns in lower case, and a database whose log was in use when it was copied', async () => {
  const bytes = database(
    V2('now').toLowerCase(),
    v2row('now', `'a','','eth0','10.0.0.7','02:00:5e:00:00:07','x','2024-01-01 08:04:00',0,0`),
  );
  bytes[18] = 2;
  bytes[19] = 2;
  assert.equal(sessionLines(await readHistory(bytes)).length, 1);
});

test('S8: views, triggers, computed columns, virtual tables and SQL in names run nothing and give nothing away', async () => {
  const card = `'02:00:5e:00:00:07'`;
  const view = database(
    V2('secret'),
    `CREATE VIEW now AS SELECT 1 AS ID, 'x' AS NAME, hex(randomblob(900000)) AS HW, '' AS DNS, '' AS IP, ${card} AS MAC, '2024-01-01 08:04:00' AS DATE`,
  );
  assert.match(reasons(await readHistory(view))[0] ?? '', /its "now" is no plain table/);
  const computed = database(
    `CREATE TABLE now (MAC text, DATE text, HW text AS (hex(zeroblob(900000))) VIRTUAL)`,
    `INSERT INTO now (MAC, DATE) VALUES (${card}, '2024-01-01 08:04:00')`,
  );
  assert.match(reasons(await readHistory(computed))[0] ?? '', /has columns that are computed/);
  const virtual = database('CREATE VIRTUAL TABLE now USING fts5(MAC, DATE)');
  assert.match(reasons(await readHistory(virtual))[0] ?? '', /its "now" is no plain table/);
  const other = database(
    'CREATE TABLE cookies (MAC text)',
    `CREATE TRIGGER t AFTER INSERT ON cookies BEGIN SELECT load_extension('/tmp/x'); END`,
  );
  assert.match(reasons(await readHistory(other))[0] ?? '', /it is no database of WatchYourLAN/);
  const big = database(
    V2('now'),
    v2row('now', `zeroblob(900000),'','','10.0.0.7',${card},'${'H'.repeat(50_000)}','2024-01-01 08:04:00',1,1`),
  );
  assert.equal((await readHistory(big)).records[0]?.vendor?.length, 255);
});

test('a damaged database is refused or read as far as it goes, and never a crash', async () => {
  const rows = Array.from({ length: 200 }, (_, i) =>
    v2row('history', `'n${i}','','e','10.0.0.${i % 250}','02:00:5e:00:00:${(i % 90) + 10}','x','2024-01-01 08:00:00',0,1`),
  );
  const whole = database(V2('now'), V2('history'), ...rows);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 40 }),
      fc.nat(whole.length),
      async (damage, cut) => {
        const bytes = whole.slice(0, cut % 3 === 0 ? cut : whole.length);
        for (const [at, value] of damage) if (at > 15) bytes[at] = value;
        await readHistory(bytes);
      },
    ),
    { numRuns: 300 },
  );
});
