import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyEntry } from '../../../test/make/entries.ts';
import { Fault } from '../../core/index.ts';
import { formatYaml, parseYaml } from './yaml-file.ts';

test('what is written is read back, and written again byte for byte', () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { maxLength: 8 }), (entries) => {
      const text = formatYaml(entries);
      assert.deepEqual(parseYaml(text, 'x.yaml'), entries);
      assert.equal(formatYaml(parseYaml(text, 'x.yaml')), text);
    }),
    { numRuns: 300 },
  );
});

test('a file reads like one that a person would write', () => {
  const entries = parseYaml(
    'approvals:\n- {device: nas.lan, port: 22, product: OpenSSH, version: ">=9.20"}\n- everywhere: true # all\n  nowhere: 23\n',
    'x',
  );
  assert.deepEqual(entries, [
    { device: 'nas.lan', port: '22', product: 'OpenSSH', version: '>=9.20' },
    { everywhere: true, nowhere: '23' },
  ]);
  assert.equal(
    formatYaml(entries),
    `# what is approved, as "rollcall baseline export" writes it and "rollcall baseline import" reads it
approvals:
  - device: nas.lan
    port: "22"
    product: OpenSSH
    version: ">=9.20"
  - everywhere: true
    nowhere: "23"
`,
  );
  assert.deepEqual(parseYaml('approvals:\n', 'x'), []);
});

const BOMB = `a: &a [x,x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key, n) => `${key}: &${key} [*${'abcdefgh'[n]},*${'abcdefgh'[n]}]`).join('\n')}\n`;

test('S: bombs, tags, links and strange keys are refused with file, line and remedy', () => {
  const cases: [string, RegExp][] = [
    ['', /x\.yaml:1: it is no list of approvals/],
    ['- a\n', /x\.yaml:1: it is no list/],
    [BOMB, /x\.yaml:\d+: it (?:names|refers)/],
    ['approvals: &a\n- device: x\n', /x\.yaml:2: it names a place/],
    ['approvals:\n- &a {device: x}\n- *a\n', /x\.yaml:2: it names a place/],
    ['approvals:\n- device: !!binary aGk=\n', /x\.yaml:2: .*(?:tag|Unresolved)/],
    ['approvals:\n- device: !<tag:x> hi\n', /x\.yaml:2: .*(?:tag|Unresolved)/],
    ['approvals:\n- !!map {device: x}\n', /x\.yaml:2: .*(?:tag|Unresolved)/],
    ['approvals:\n- device: x\n  device: y\n', /x\.yaml:3: Map keys must be unique/],
    ['approvals:\n- device: x\nother: 1\n', /x\.yaml:1: it holds something else/],
    ['approvals:\n- device: x\n- devise: y\n', /x\.yaml:3: there is no key "devise"/],
    ['approvals:\n- device: x\n  __proto__: y\n', /x\.yaml:3: there is no key "__proto__"/],
    ['approvals:\n- {<<: {device: x}}\n', /x\.yaml:2: there is no key "<<"/],
    ['approvals:\n- device: [x]\n', /x\.yaml:2: device is no text/],
    ['approvals:\n- ? [a]\n  : b\n', /x\.yaml:2: there is no key/],
    ['approvals:\n- device:\n', /x\.yaml:2: device is empty/],
    ['approvals: 7\n', /x\.yaml:1: approvals is no list/],
    ['approvals:\n- 7\n', /x\.yaml:2: it is no approval/],
    ['approvals:\n- device: "a\\u0007b"\n', /x\.yaml:2: device holds characters that cannot be shown/],
    ['approvals:\n- device: "a\\nb"\n', /x\.yaml:2: device holds characters/],
    [`approvals:\n- device: ${'x'.repeat(2000)}\n`, /x\.yaml:2: device has 2000 characters/],
    ['approvals:\n- everywhere: yes\n  only: 80\n', /x\.yaml:2: everywhere is "yes"/],
    ['approvals:\n- device: x\n  only: 80\n', /x\.yaml:2: a device has no "only"/],
    ['approvals:\n- device: x\n---\napprovals: []\n', /x\.yaml:3: .*multiple documents/],
    ['%YAML 9.9\n%TAG ! !\n---\napprovals: [\n', /x\.yaml/],
    ['approvals: [', /x\.yaml:1/],
    [`approvals: ${'['.repeat(20_000)}`, /x\.yaml/],
    [`approvals: ${'{a: '.repeat(20_000)}`, /x\.yaml/],
    ['\tapprovals: x', /x\.yaml/],
  ];
  for (const [text, message] of cases)
    assert.throws(
      () => parseYaml(text, 'x.yaml'),
      (thrown: unknown) => {
        assert.ok(thrown instanceof Fault, `${text.slice(0, 60)}: ${String(thrown)}`);
        assert.match(thrown.message, message);
        assert.ok((thrown.remedy ?? '').length > 3);
        return true;
      },
      text.slice(0, 60),
    );
});

test('S: whatever bytes there are, they are read or refused', () => {
  const scrap = fc.constantFrom(
    'approvals:',
    '\n',
    '- ',
    'device: x',
    '&a ',
    '*a',
    '!t ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    ': ',
    '|',
    '>',
    '\t',
    '#',
    '---',
    '? ',
    '%',
    '\u0000',
    '\ufeff',
    '  ',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(scrap, fc.string({ maxLength: 5 })), { maxLength: 25 }), (parts) => {
      try {
        parseYaml(parts.join(''), 'x');
      } catch (thrown) {
        assert.ok(thrown instanceof Fault, String((thrown as Error).stack));
      }
    }),
    { numRuns: 2000 },
  );
});
