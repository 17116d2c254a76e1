import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  ATTACKS,
  differing,
  EVERY_KIND,
  harmless,
  hostileItems,
  joined,
  kindOf,
  SIGNS,
  sides,
  stream,
  sum,
  who,
} from '../../../../test/make/comparison.ts';
import type { ComparisonItem } from '../../../core/index.ts';
import { markdownPieces } from './markdown.ts';
import { codeSpan, markdownWords } from './markdown-text.ts';

process.env['TZ'] = 'UTC';

const printed = (items: readonly ComparisonItem[]): Promise<string> =>
  joined(markdownPieces(stream(...items), { verbose: false, summary: false }));

test('a comparison is a heading, the sides, the sum and a table for each device', async () => {
  const silent = differing([], {
    device: who({ name: null, macs: [] }),
    unknown: [{ what: 'device', side: 'b', text: '10.0.0.5 was not asked' }],
  });
  const gone = differing([kindOf('device.returned')]);
  const items = [
    sides({ partial: 'cut off' }),
    differing([kindOf('port.opened'), kindOf('script.changed')]),
    gone,
    silent,
    sum({ different: 2 }),
  ];
  assert.equal(
    await printed(items),
    [
      '# What changed',
      '',
      '|  | side |  |',
      '| --- | --- | --- |',
      '| A | `monday.xml` | 2026-11-16 03:00:05, 60 devices |',
      '| B | `tuesday.xml` | 2026-11-17 03:00:05, 61 devices |',
      '',
      '> A: `not whole: cut off`',
      '',
      '**2 devices differ, 57 same**',
      '',
      '### changed: `10.0.0.5` `printer` (`00:00:5e:00:53:01`, `ACME`)',
      '',
      '|  | what | how |',
      '| --- | --- | --- |',
      '| added | `22/tcp` | opened `ssh OpenSSH 9.2` |',
      '| changed | `443/tcp` | `ssl-cert`<br>`- Not valid after: 2026-12-01`<br>`+ Not valid after: 2027-12-01` |',
      '',
      '### back: `10.0.0.5` `printer` (`00:00:5e:00:53:01`, `ACME`)',
      '',
      'unknown: `10.0.0.5` (`ACME`): in B `10.0.0.5 was not asked`',
      '',
    ].join('\n'),
  );
});

test('every table row has its three cells', async () => {
  const rows = (await printed([sides(), differing(EVERY_KIND), sum()])).split('\n').filter((line) => line.startsWith('|'));
  assert.equal(rows.length, 4 + 2 + 14);
  for (const row of rows) assert.equal(row.split('|').length, 5, row);
});

test('foreign text is code that nothing in it can end, and text of nothing but blanks is shown as none', () => {
  assert.equal(codeSpan('a `b` | c'), '`a \\u{60}b\\u{60} \\u{7c} c`');
  assert.equal(codeSpan('two\nlines'), '`two\\u{a}lines`');
  assert.equal(codeSpan(' '), '-');
  assert.equal(codeSpan('ends with \\'), '`ends with \\`');
});

test('signs of our own words are not taken for markup', () => {
  assert.equal(markdownWords(['a -> b | c *d*']), 'a -\\> b \\| c \\*d\\*');
});

/** What is left when all code is taken out: nothing foreign may be in it. */
const bones = (text: string): string => text.replace(/`[^`\n]*`/g, 'CODE');

test('S5: hostile text stays code, so that it neither links, mentions, loads nor breaks a table', async () => {
  for (const attack of ATTACKS)
    assert.equal(bones(await printed(hostileItems(attack))), bones(await printed(hostileItems(harmless(attack)))), attack);
});

test('S5: no text at all changes what the page is made of', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: fc.constantFrom(...SIGNS), minLength: 1 }), async (text) => {
      assert.equal(bones(await printed(hostileItems(text))), bones(await printed(hostileItems(harmless(text)))));
    }),
    { numRuns: 40 },
  );
});
