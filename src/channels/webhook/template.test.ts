import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Message } from '../../core/index.ts';
import { checkTemplate, fillTemplate, TEMPLATE_TYPES } from './template.ts';
import { VARIABLES } from './variables.ts';

const message = (text: string): Message => ({
  id: 'home-1',
  at: 0,
  subject: text,
  text,
  html: null,
  attachments: [],
  alert: { site: text, kind: 'opened', urgency: 'high', rule: text, incident: null, thread: 't', replaces: null, lines: [], more: 0 },
});

test('S23: whatever is no variable of the list is refused when the template is saved', () => {
  const payloads = [
    '{{constructor}}',
    '{{__proto__}}',
    '{{device}}',
    '{{device.name.length}}',
    '{{device.constructor.name}}',
    '{{title.__proto__}}',
    '{{this}}',
    '{{#each lines}}x{{/each}}',
    '{{> partial}}',
    '{{{title}}}',
    '{{title|upper}}',
    '{{ title | safe }}',
    '{{7*7}}',
    '{{title}',
    '{{',
    '{{}}',
    '{{ }}',
    '{{Title}}',
    '{{title\n}}',
    '{{\u202etitle}}',
    '{{env.HOME}}',
    '{{process.env}}',
    '{{require("fs")}}',
    '{{toString}}',
    '{{hasOwnProperty}}',
    '{{valueOf}}',
  ];
  for (const payload of payloads)
    for (const [template, type] of [
      [`{"t": "${payload.replaceAll('"', '\\"').replaceAll('\n', '\\n')}"}`, 'application/json'],
      [payload, 'text/plain'],
    ] as const) {
      const judged = checkTemplate(template, type);
      assert.ok(!judged.ok && judged.remedy !== '', `${type}: ${template}`);
    }
});

test('signs of other template languages are text', () => {
  for (const text of ['${7*7}', '<%= 7*7 %>', '#{x}', '[[x]]', '%s', '$(id)', '`id`', '{% if x %}'])
    for (const type of TEMPLATE_TYPES) {
      const template = type === 'application/json' ? JSON.stringify(text) : text;
      assert.deepEqual(checkTemplate(template, type), { ok: true, value: template });
      assert.equal(fillTemplate(template, type, message('x')), template);
    }
});

test('in JSON a text variable stands within quotes of a value, and nowhere else', () => {
  const wrong = [
    '{"a": {{title}}}',
    '{"{{title}}": 1}',
    '{{title}}',
    '["a", {{title}}]',
    '{"a": tr{{title}}ue}',
    '{"a": 1{{title}}}',
    '{"a": "\\{{title}}"}',
    '{"a": "\\u00{{title}}"}',
    '{"a": "x" {{title}}}',
    '{"a": "{{title}}',
    'not json',
    '',
  ];
  for (const template of wrong) assert.equal(checkTemplate(template, 'application/json').ok, false, template);
  for (const template of ['{"a": {{count}}, "b": {"c": "{{title}}"}}', '"{{title}}"', '{{incident.id}}', '{"a":{"b":{"c":{}}}}'])
    assert.equal(checkTemplate(template, 'application/json').ok, true, template);
});

test('S23: no text makes more of a template than the text itself, and what it brings is not read again', () => {
  const template = `{${VARIABLES.map((name, i) => `"k${i}": "{{${name}}}"`).join(', ')}}`;
  assert.equal(checkTemplate(template, 'application/json').ok, true);
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('{{title}}', '","evil":"', '\\', '\\u0022', '$&', "$'", '$1')),
      (text) => {
        const read = JSON.parse(fillTemplate(template, 'application/json', message(text)));
        assert.deepEqual(
          Object.keys(read),
          VARIABLES.map((_, i) => `k${i}`),
        );
        assert.equal(read[`k${VARIABLES.indexOf('title')}`], text.toWellFormed());
        const form = new URLSearchParams(fillTemplate('a={{title}}&b={{site}}', 'application/x-www-form-urlencoded', message(text)));
        assert.deepEqual(
          [...form],
          [
            ['a', text.toWellFormed()],
            ['b', text.toWellFormed()],
          ],
        );
      },
    ),
    { numRuns: 500 },
  );
});

test('S23: the largest template is filled at once', () => {
  const template = '{{text}}'.repeat(100);
  assert.equal(checkTemplate(template, 'text/plain').ok, true);
  assert.equal(checkTemplate('{{text}}'.repeat(101), 'text/plain').ok, false);
  const started = performance.now();
  const filled = fillTemplate(template, 'text/plain', message('{{text}}'.repeat(10_000)));
  assert.ok(performance.now() - started < 50);
  assert.equal(filled.length, 100 * 4096);
});
