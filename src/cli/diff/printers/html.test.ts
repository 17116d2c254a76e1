import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
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
import { visible } from '../../terminal/visible.ts';
import { htmlPieces } from './html.ts';

process.env['TZ'] = 'UTC';

const printed = (items: readonly ComparisonItem[], verbose = false): Promise<string> =>
  joined(htmlPieces(stream(...items), { verbose, summary: false }));

/** Elements with their attributes, in order, and the text. The page is well-formed XML, too, so that any reader sees the same. */
function read(page: string): { readonly elements: string[]; readonly text: string } {
  const parser = new SaxesParser();
  const elements: string[] = [];
  let text = '';
  parser.on('error', (fault) => assert.fail(`${fault.message}\n${page}`));
  // A span without attributes only cuts text where a link would be found in it.
  parser.on(
    'opentag',
    ({ name, attributes }) => void (name === 'span' && !attributes['style'] ? 0 : elements.push(`${name} ${JSON.stringify(attributes)}`)),
  );
  parser.on('text', (more) => void (text += more));
  parser.write(page).close();
  return { elements, text };
}

test('a page tells sides, sum and devices, the sum first', async () => {
  const { text } = read(await printed([sides(), differing([kindOf('port.opened')]), sum({ different: 1 })]));
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  assert.deepEqual(lines, [
    'What changed: monday.xml -> tuesday.xml',
    'What changed',
    'Amonday.xml2026-11-16 03:00:05, 60 devices',
    'Btuesday.xml2026-11-17 03:00:05, 61 devices',
    '1 device differs, 57 same',
    '~ 10.0.0.5 printer (00:00:5e:00:53:01, ACME)',
    '+22/tcpopened  ssh OpenSSH 9.2',
  ]);
});

test('every difference is in the page, script lines included', async () => {
  const { text, elements } = read(await printed([sides(), differing(EVERY_KIND), sum()]));
  for (const bit of [
    'ssl/http nginx 1.22 -> ssl/http nginx 1.24',
    '- Not valid after: 2026-12-01',
    '+ Not valid after: 2027-12-01',
    'Linux 5',
  ])
    assert.ok(text.includes(bit), bit);
  assert.equal(elements.filter((element) => element.startsWith('tr ')).length, 2 + 1 + 14);
  assert.doesNotMatch(text, /undefined|null|NaN|\[object/);
});

test('the page stands alone: nothing in it runs, loads, links or submits', async () => {
  const page = await printed([sides({ partial: 'cut off', warnings: ['w'] }), differing(EVERY_KIND), sum()]);
  const { elements } = read(page);
  const names = new Set(elements.map((element) => element.split(' ')[0]));
  const plain = ['html', 'head', 'meta', 'title', 'body', 'h1', 'table', 'tr', 'th', 'td', 'p', 'strong', 'span', 'div'];
  assert.deepEqual(
    [...names].filter((name) => !plain.includes(name as string)),
    [],
  );
  assert.doesNotMatch(page, /href=|src=|url\(|@import|<script|<style|\son\w+=/i);
  assert.match(
    page,
    /^<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"\/>\n<meta http-equiv="Content-Security-Policy" content="default-src 'none'/,
  );
  assert.match(page, /<meta name="color-scheme" content="light dark"\/>/);
});

test('what makes a side less than it seems stands above the sum', async () => {
  const { text } = read(await printed([sides({ partial: 'the file is cut off' }, { warnings: ['two hosts were left out'] }), sum()]));
  assert.match(text, /A not whole: the file is cut off\nB two hosts were left out\nno differences, 57 same/);
});

test('a page of many quiet devices stays short, unless all are asked for', async () => {
  const silent = differing([], { device: who(), unknown: [{ what: 'device', side: 'b', text: 'it was not asked' }] });
  const items = [sides(), ...Array.from({ length: 100 }, () => silent), sum({ unknown: 100 })];
  assert.equal((await printed(items)).match(/it was not asked/g)?.length, 5);
  assert.match(await printed(items), /of 95 more devices nothing can be said/);
  assert.equal((await printed(items, true)).match(/it was not asked/g)?.length, 100);
});

test('a mail program that cuts at 102 KB still shows two hundred devices with a change each', async () => {
  const page = await printed([sides(), ...Array.from({ length: 200 }, () => differing([kindOf('port.opened')])), sum({ different: 200 })]);
  assert.ok(page.length < 102_000, `${page.length}`);
});

test('S5: hostile text stays text, wherever it stands', async () => {
  for (const attack of ATTACKS) {
    const { elements, text } = read(await printed(hostileItems(attack)));
    assert.deepEqual(elements, read(await printed(hostileItems(harmless(attack)))).elements, attack);
    assert.ok(text.includes(visible(attack)), attack);
  }
});

test('S5: no text at all changes what the page is made of', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: fc.constantFrom(...SIGNS), minLength: 1 }), async (text) => {
      const page = await printed(hostileItems(text));
      assert.deepEqual(read(page).elements, read(await printed(hostileItems(harmless(text)))).elements);
    }),
    { numRuns: 40 },
  );
});

test('S5: no address in foreign text is one piece that a mail program could make a link of', async () => {
  const page = await printed(hostileItems('http://192.0.2.1/x www.example.org mail@example.org'));
  assert.doesNotMatch(page.slice(page.indexOf('<body')), /\w:\/\/|www\.|\w@\w/);
});
