import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { device, mac } from '../../../test/make/device.ts';
import { DEVICE_TYPES, type Device, IMPORTANCES, type LabelEdit, orFault, untrusted } from '../../core/index.ts';
import { relabel } from '../relabel.ts';
import { ROSTER_COLUMNS } from './columns.ts';
import { RowPlanner } from './plan-rows.ts';
import { readCsv } from './read-csv.ts';
import { saysNew } from './relabel-each.ts';
import { readTable } from './table.ts';
import { deviceEntry, deviceLine, headLine, type Separator } from './write-table.ts';

const card = (n: number) => ({ mac: mac(n), vendor: untrusted('=Acme, "Inc"') });
const rollOf = (devices: readonly Device[]) => ({ devices: new Map(devices.map((one) => [one.id, one])) });
const HOUSE = [
  device({ id: 1, alias: 'printer', macs: [card(1)], at: ['10.0.0.1'], owner: 'Anna', groups: ['iot', 'office'] }),
  device({ id: 2, macs: [card(2), card(3)], at: ['10.0.0.2'], tags: ['ok'], note: '=cmd|calc\n"two", lines' }),
  device({ id: 3, at: ['10.0.0.3'], probed: false, window: 5_400_000 }),
];

/** What each row of a table comes to: the labels it says anew, or why it cannot be taken in. */
function planned(text: string, { devices = HOUSE, clear = false }: { devices?: readonly Device[]; clear?: boolean } = {}) {
  const table = orFault(readTable(text));
  const planner = new RowPlanner(table, { roll: rollOf(devices), blankClears: clear });
  return table.rows.map((row) => {
    const plan = planner.plan(row);
    if (!plan.ok) return `${plan.line} ${plan.fault.column ?? 'row'}: ${plan.fault.reason}`;
    const { before, after } = plan.touched;
    return saysNew(plan.touched) ? [before.id, plan.edit, after.labels] : before.id;
  });
}
const labelsAfter = (text: string, clear = false) => (planned(text, { clear })[0] as [number, object, Device['labels']])[2];

/** The device with what is said of it; what no label may be is none. */
function saying(one: Device, edit: LabelEdit): Device {
  try {
    return relabel(rollOf([one]), [7], edit)[0]?.after ?? one;
  } catch {
    return one;
  }
}

suite('a table of devices', () => {
  test('says nothing new when it is taken in as it was written, in any form, whatever people said of them', () => {
    const TEXT = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('=1+1', "'=x", "''", '-5', '@a', ' a ', 'ü', 'a"b', 'a;b', 'x\ty', '# 7', '+49 30', "'tis", 'yes'),
    );
    const SAID = fc.record({
      alias: fc.option(TEXT),
      owner: fc.option(TEXT),
      note: fc.option(fc.tuple(TEXT, TEXT).map((lines) => lines.join('\n'))),
      groups: fc.array(TEXT, { maxLength: 4 }),
      tags: fc.array(TEXT, { maxLength: 4 }),
      type: fc.option(fc.constantFrom(...DEVICE_TYPES)),
      importance: fc.constantFrom(...IMPORTANCES),
      window: fc.option(fc.integer({ min: 1, max: 10 ** 9 })),
      carried: fc.option(fc.boolean()),
      probed: fc.boolean(),
      gentle: fc.option(fc.boolean()),
    });
    let told = 0;
    fc.assert(
      fc.property(SAID, fc.constantFrom<Separator>(',', ';', '\t'), fc.boolean(), (said, separator, clear) => {
        const { groups, tags, ...rest } = said;
        const edits: LabelEdit[] = [
          ...Object.entries(rest).map(([key, value]) => ({ [key]: value })),
          ...groups.map((name) => ({ groups: { add: [name] } })),
          ...tags.map((name) => ({ tags: { add: [name] } })),
        ];
        const made = edits.reduce(saying, device({ id: 7, macs: [card(7)] }));
        if (made.labels.note !== null || made.labels.alias !== null) told++;
        const csv = headLine(ROSTER_COLUMNS, separator) + deviceLine(made, ROSTER_COLUMNS, separator);
        const json = JSON.stringify([deviceEntry(made, ROSTER_COLUMNS)]);
        for (const text of [csv, `\ufeff${csv}`, csv.replaceAll('\r\n', '\n'), json])
          assert.deepEqual(planned(text, { devices: [made], clear }), [7], text);
      }),
      { numRuns: 500 },
    );
    assert.ok(told > 100, `only ${told} had anything to say`);
  });

  test('finds devices by number, by hardware address in any spelling, and by address', () => {
    const rows = planned('id,mac,ip,name\r\n#1,,,a\r\n,02-00-5E-00-00-02,,b\r\n,,10.0.0.3,c\r\n');
    assert.deepEqual(
      rows.map((row) => (Array.isArray(row) ? [row[0], row[1]] : row)),
      [
        [1, { alias: 'a' }],
        [2, { alias: 'b' }],
        [3, { alias: 'c' }],
      ],
    );
  });

  test('refuses a row that means two devices, none, or one that another row means', () => {
    const moved = device({ id: 4, at: ['10.0.0.3'] });
    const text = [
      'id,macs,addresses,name',
      `1,${mac(2)},,x`,
      ',02:00:5e:00:ff:ff,,x',
      '9,,,x',
      `,"${mac(1)}, ${mac(2)}",,x`,
      ',,10.0.0.3,x',
      ',,,x',
      ',nonsense,,x',
      ',,1.2.3,x',
      '2,,,x',
      `,${mac(3)},,y`,
      '1,,,x,extra',
      '1,,',
    ].join('\n');
    const rows = planned(text, { devices: [...HOUSE, moved] }).map(String);
    const expected = [
      /^2 row: #1 does not have these hardware addresses, but #2 does/,
      /^3 row: nobody knows a device with 02:00:5e:00:ff:ff/,
      /^4 row: there is no device "9"/,
      /^5 row: 2 devices fit: #1, #2/,
      /^6 row: 2 devices fit: #3, #4/,
      /^7 row: it does not say which device is meant/,
      /^8 row: "nonsense" is no hardware address/,
      /^9 row: "1.2.3" is no address/,
      /^2,/,
      /^11 row: line 10 means the same device, #2/,
      /^12 row: it has 5 cells, and the first line 4/,
      /^13 row: it has 3 cells/,
    ];
    assert.equal(rows.length, expected.length);
    for (const [i, row] of rows.entries()) assert.match(row, expected[i] as RegExp);
  });

  test('names the line and column of a label that cannot be', () => {
    const bad: readonly [column: string, cell: string, reason: RegExp][] = [
      ['type', 'spaceship', /no such word/],
      ['probed', 'maybe', /neither yes nor no/],
      ['window', '90', /not a length of time/],
      ['owner', 'a:b', /filters have a meaning/],
      ['groups', '-x', /begins with a dash/],
      ['name', 'a\u202eb', /cannot be seen/],
      ['note', 'x'.repeat(4001), /4001 characters/],
      ['importance', 'huge', /no such word/],
    ];
    for (const [column, cell, reason] of bad) {
      const [row] = planned(`id,tags,${column}\n1,ok,"${cell}"\n`);
      assert.match(String(row), new RegExp(`^2 ${column}: `));
      assert.match(String(row), reason);
    }
  });

  test('an empty cell says nothing, or takes away what was said where that is asked for', () => {
    const text = 'id,name,owner,groups,note,probed,importance,window\n1,,,,,,,\n';
    assert.deepEqual(planned(text), [1]);
    const labels = labelsAfter(text, true);
    assert.deepEqual([labels.alias, labels.owner, labels.groups, labels.probed], [null, null, [], true]);
  });

  test('a cell of groups says all of them, and a name is spelled as it was, by whoever spelled it first', () => {
    assert.deepEqual(labelsAfter('id,groups\n1,"IOT, kids, Kids"\n').groups, ['iot', 'kids']);
    assert.equal(labelsAfter('id,owner\n2,anna\n').owner, 'Anna');
    const both = planned('id,owner\n2,bo\n3,Bo\n').map((row) => (row as [number, object, Device['labels']])[2].owner);
    assert.deepEqual(both, ['bo', 'bo']);
  });

  test('columns are known in any spelling; what is found on the network is passed over, and what is unknown refused', () => {
    assert.deepEqual(planned(' ID ,First seen,Vendor,presence\n1,never,x,y\n'), [1]);
    const refused: readonly [text: string, reason: RegExp][] = [
      ['', /it is empty/],
      ['\r\n \r\n', /it is empty/],
      ['id,onwer\n1,x\n', /none called "onwer"/],
      ['id,name,Name\n1,x,y\n', /name is there twice/],
      ['id,mac,MACs\n1,x,y\n', /macs is there twice/],
      ['name,owner\na,b\n', /none of them says which device/],
      ['<html>\n', /none called "<html>"/],
      ['=1+1,id\n1,2\n', /none called "=1\+1"/],
      ['__proto__,id\n1,2\n', /none called "__proto__"/],
    ];
    for (const [text, reason] of refused) {
      const read = readTable(text);
      assert.ok(!read.ok, text);
      assert.match(read.reason, reason);
      assert.ok(read.remedy.length > 0);
    }
  });
});

suite('CSV', () => {
  const read = (text: string) => {
    const rows = readCsv(text);
    return rows.ok ? rows.value.map(({ line, cells }) => [line, ...cells]) : rows.reason;
  };

  test('is read with any line end and separator, quotes, and lines inside of them', () => {
    assert.deepEqual(read('a,b\r\n1,"x\r\ny"\n\n"","""q"""\r3,4'), [
      [1, 'a', 'b'],
      [2, '1', 'x\ny'],
      [5, '', '"q"'],
      [6, '3', '4'],
    ]);
    assert.deepEqual(read('a,b;c'), [[1, 'a', 'b;c']]);
    assert.deepEqual(read('a;b;c,d\n1;2;3'), [
      [1, 'a', 'b', 'c,d'],
      [2, '1', '2', '3'],
    ]);
    assert.deepEqual(read('\ufeffa\tb'), [[1, 'a', 'b']]);
  });

  test('what is broken is named by its line: quotes, zero bytes, columns and rows without end', () => {
    assert.match(String(read('a,b\n1,"x\n2,y\n3')), /^reading line 2: the quote that opens a cell here is never closed/);
    assert.match(String(read('a\nx"y')), /^reading line 2: a quote stands inside/);
    assert.match(String(read('a\n"x"y')), /^reading line 2: something stands after the quote/);
    assert.match(String(read('a\nb\u0000')), /^reading line 2: a zero byte/);
    assert.match(String(read('x,'.repeat(10_000))), /^reading line 1: it has more than 64 columns/);
    assert.match(String(read(`a\n"${'x'.repeat(20_000)}"`)), /^reading line 2: a cell has more than 16384/);
    assert.match(String(read('x\n'.repeat(30_000))), /more than 20000 rows/);
  });

  test('no text whatever makes it throw, hang, or lose a cell', () => {
    const unit = fc.constantFrom('"', ',', ';', '\t', '\r', '\n', 'a', ' ', "'", '=', '\u0000', '\ufeff', 'ü');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        const rows = readCsv(text);
        if (!rows.ok) assert.match(rows.reason, /^reading line \d+: /);
        else for (const { cells } of rows.value) assert.ok(cells.length >= 1);
      }),
      { numRuns: 3000 },
    );
  });
});

suite('JSON', () => {
  test('a list of objects is a table: lists, flags and nothing are cells', () => {
    const text = JSON.stringify([
      { id: 1, groups: ['a', 'b'], probed: false, owner: null },
      { id: 2, name: 'x' },
    ]);
    const [first, second] = planned(text) as [number, object, Device['labels']][];
    assert.deepEqual([first?.[2].groups, first?.[2].probed, first?.[2].owner], [['a', 'b'], false, 'Anna']);
    assert.equal(second?.[2].alias, 'x');
  });

  test('what is no such list is refused in words', () => {
    for (const [text, reason] of [
      ['[1]', /entry 1: it is no object/],
      ['[{"id": {"a": 1}}]', /entry 1: "id" is neither text/],
      ['[{"id": 1}', /begins as JSON does and is none/],
      ['[]', /is empty|none of them says/],
      [JSON.stringify([Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`c${i}`, '']))]), /more than 64 columns/],
    ] as const) {
      const read = readTable(text);
      assert.ok(!read.ok, text);
      assert.match(read.reason, reason);
    }
  });
});
