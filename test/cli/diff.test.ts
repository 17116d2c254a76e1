import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openFileView } from '../../src/cli/views/file-view.ts';
import { type ComparisonItem, type View, viewItems } from '../../src/core/index.ts';
import { ATTACKS, differing, hostileItems, kindOf, sides, stream, sum } from '../make/comparison.ts';
import { emptyFolder, type Given, NOW, rollcall } from './fake-world.ts';

const cwd = fileURLToPath(new URL('../nmap-xml/fixtures', import.meta.url));

/** Runs a diff among the files of the fixtures. */
const diff = (words: string, given: Given = {}) =>
  rollcall(['diff', ...words.split(' ').filter(Boolean)], { ...given, world: { cwd, ...given.world } });

/** A keeper that compares by itself. */
const comparing = (...items: readonly ComparisonItem[]): Given => ({ answers: { 'diff.compare': () => stream(...items) } });

const CHANGED = [sides(), differing([kindOf('port.opened')]), sum({ different: 1 })];

/** A keeper whose scan saw what a file says. */
async function remembering(file: string, over: Partial<View> = {}): Promise<Given> {
  const view = await openFileView(join(cwd, file), { now: NOW });
  const items = [...viewItems({ ...view, source: 'scan', title: 'scan 31', ...over })];
  view.close();
  async function* told(): AsyncGenerator {
    yield* items;
  }
  return { answers: { 'diff.view': told } };
}

/** Path of three-hosts.xml a day later: one host has closed its port, one is gone, one is new. */
function aDayLater(): string {
  const path = join(emptyFolder(), 'tuesday.xml');
  const text = readFileSync(join(cwd, 'three-hosts.xml'), 'utf8');
  const closed = text.replace('state="open"', 'state="closed"');
  writeFileSync(path, closed.replace('addr="192.0.2.3"', 'addr="192.0.2.10"').replace('02:00:5E:00:53:03', '02:00:5E:00:53:0A'));
  return path;
}

test('two files that differ are told apart by device, in the order of addresses', async () => {
  const { code, out } = await diff(`three-hosts.xml ${aDayLater()}`);
  assert.equal(code, 1);
  assert.deepEqual(out.split('\n').slice(2), [
    '',
    '~ 192.0.2.1 (02:00:5e:00:53:01, Example & Sons)',
    '  - 22/tcp  closed  ssh',
    '',
    '- 192.0.2.3 (02:00:5e:00:53:03, Example & Sons)  gone',
    '  - last seen  2026-03-02 10:00:10',
    '',
    '+ 192.0.2.10 (02:00:5e:00:53:0a, Example & Sons)  new',
    '  + 22/tcp  open  ssh',
    '',
    '3 devices differ (1 new, 1 gone), 1 same',
    '',
  ]);
});

test('rules leave differences out, and say how many', async () => {
  const { code, out } = await diff(`three-hosts.xml ${aDayLater()} --ignore port:22 --summary`);
  assert.deepEqual([code, out], [1, '2 devices differ (1 new, 1 gone), 2 same, 1 difference ignored\n']);
});

test('two files are compared here: no store is opened and no state folder made', async () => {
  const data = join(emptyFolder(), 'state');
  const openInProcess = async (): Promise<never> => assert.fail('the store was opened');
  const same = await diff('three-hosts.xml three-hosts.xml', { data, world: { openInProcess } });
  assert.deepEqual([same.code, same.err], [0, '']);
  assert.match(same.out, /^A {2}three-hosts\.xml .*3 devices\nB {2}three-hosts\.xml .*\n\nno differences, 3 same\n$/);
  assert.equal(existsSync(data), false);
});

test('two moments of the store are compared where the store is, and printed as they come', async () => {
  const ran = await diff('home@yesterday 31 --ignore volatile --ignore port:22', comparing(...CHANGED));
  assert.deepEqual(ran.calls, [
    { operation: 'diff.compare', input: { a: 'home@2026-11-20T12:00:00.000Z', b: 'scan:31', ignore: ['volatile', 'port:22'] } },
  ]);
  assert.equal(ran.code, 1);
  assert.match(ran.out, /\n~ 10\.0\.0\.5 printer .*\n {2}\+ 22\/tcp {2}opened {2}ssh OpenSSH 9\.2\n\n1 device differs, 57 same\n$/);
});

test('one side alone is compared with now', async () => {
  const { calls } = await diff('@1d', comparing(...CHANGED));
  assert.deepEqual(calls[0]?.input, { a: '@2026-11-20T12:00:00.000Z', b: '@now' });
});

test('a file is compared with what the store remembers, here', async () => {
  const same = await diff('three-hosts.xml 31', await remembering('three-hosts.xml'));
  assert.deepEqual(same.calls, [{ operation: 'diff.view', input: { side: 'scan:31' } }]);
  assert.equal(same.code, 0);
  assert.match(same.out, /\nB {2}scan 31 .*\n\nno differences, 3 same\n$/);
  const later = await diff(`31 ${aDayLater()} --summary`, await remembering('three-hosts.xml'));
  assert.deepEqual([later.code, later.out], [1, '3 devices differ (1 new, 1 gone), 1 same\n']);
});

test('a bad file is told before the store is opened', async () => {
  const openInProcess = async (): Promise<never> => assert.fail('the store was opened');
  const ran = await diff('31 nowhere.xml', { world: { openInProcess } });
  assert.deepEqual([ran.code, ran.out], [2, '']);
  assert.match(ran.err, /^rollcall: reading nowhere\.xml: there is no such file\n/);
});

test('a target at a time alone is compared with that target now', async () => {
  const answers = comparing(sides(), sum());
  for (const [words, b] of [
    ['home@1d', 'home@now'],
    ['192.168.1.0/24@baseline', '192.168.1.0/24@now'],
    ['baseline', '@now'],
    ['31', '@now'],
  ] as const) {
    const { calls } = await diff(words, answers);
    assert.equal((calls.at(-1)?.input as { readonly b: string } | undefined)?.b, b, words);
  }
});

test('only differences make the exit code 1: what is unknown does not', async () => {
  const silent = differing([], { unknown: [{ what: 'device', side: 'b', text: 'it was not asked' }] });
  assert.equal((await diff('31 now', comparing(sides(), sum()))).code, 0);
  assert.equal((await diff('31 now', comparing(sides(), silent, sum({ unknown: 1 })))).code, 0);
  for (const format of ['text', 'json', 'html', 'markdown', 'ndiff', 'ndiff-xml'])
    assert.equal((await diff(`31 now --format ${format}`, comparing(...CHANGED))).code, 1, format);
});

test('a summary is one line, in JSON a document without devices', async () => {
  assert.equal((await diff('31 now --summary', comparing(...CHANGED))).out, '1 device differs, 57 same\n');
  assert.deepEqual(Object.keys((await diff('31 now --summary --json', comparing(...CHANGED))).json()), ['a', 'b', 'sum']);
});

test('--json is the format json', async () => {
  const [short, long] = [await diff('31 now --json', comparing(...CHANGED)), await diff('31 now --format json', comparing(...CHANGED))];
  assert.equal(short.out, long.out);
  assert.equal(short.json().devices[0].differences[0].kind, 'port.opened');
});

test('a file that was cut off is compared as far as it goes, and that is said whatever the format', async () => {
  for (const words of ['', '--summary', '--quiet', '--json', '--format html', '--format markdown']) {
    const { code, out, err } = await diff(`three-hosts.xml interrupted-inside-a-tag.xml ${words}`);
    assert.equal(code, 0, words);
    assert.match(err, /^rollcall: interrupted-inside-a-tag\.xml is not whole: .*line 34, column 21, byte 1787.*unknown\n$/, words);
    if (/json|html|markdown/.test(words)) assert.match(out, /line 34, column 21, byte 1787/, words);
  }
});

test('a comparison that breaks off is a failure, whatever was printed until then', async () => {
  const broken = comparing(sides(), differing([kindOf('port.opened')]));
  for (const format of ['text', 'json', 'html', 'markdown', 'ndiff', 'ndiff-xml']) {
    const { code, err } = await diff(`31 now --format ${format}`, broken);
    assert.equal(code, 2, format);
    assert.match(err, /^rollcall: comparing: the comparison broke off before its end\n {2}remedy: try again\n$/);
  }
});

test('part of a view never passes for all of it', async () => {
  const whole = (await remembering('three-hosts.xml')).answers?.['diff.view'] as () => AsyncIterable<unknown>;
  async function* cut(): AsyncGenerator {
    let items = 0;
    for await (const item of whole()) if (items++ < 2) yield item;
  }
  const ran = await diff('31 three-hosts.xml', { answers: { 'diff.view': cut } });
  assert.deepEqual([ran.code, ran.out], [2, '']);
  assert.match(ran.err, /ended after 1 of 3 devices/);
});

test('two files in the formats of Ndiff are compared by its own rules, with its own words for what fails', async () => {
  const same = await diff('three-hosts.xml three-hosts.xml --format ndiff');
  assert.deepEqual([same.code, same.out, same.err], [0, '', '']);
  const differ = await diff(`three-hosts.xml ${aDayLater()} --format ndiff-xml`);
  assert.equal(differ.code, 1);
  assert.match(differ.out, /^<\?xml version="1\.0" encoding="utf-8"\?>\n<nmapdiff version="1"><scandiff>/);
  const missing = await diff('three-hosts.xml nowhere.xml --format ndiff');
  assert.deepEqual([missing.code, missing.out], [2, '']);
  assert.match(missing.err, /^Can't open file: \[Errno 2\] No such file or directory: '.*nowhere\.xml'\n$/);
});

test('what the formats of Ndiff cannot say is counted beside them', async () => {
  const silent = differing([], { unknown: [{ what: 'device', side: 'b', text: 'it was not asked' }] });
  const { code, out, err } = await diff('31 now --format ndiff', comparing(sides(), silent, sum({ unknown: 1 })));
  assert.equal(code, 0);
  assert.doesNotMatch(out, /10\.0\.0\.5/);
  assert.equal(err, '1 unknown: this format has no words for it\n');
});

test('bad input is refused with the value and a remedy, and nobody is asked', async () => {
  const refused: [string, RegExp][] = [
    ['', /missing required argument "a"\n {2}remedy: look at rollcall diff --help/],
    ['a.xml b.xml c.xml', /too many arguments/],
    ['- -', /both sides are "-", and there is one stdin\n {2}remedy: write one of them to a file first/],
    ['31 now --format pdf', /"pdf" is invalid.*text, json, html, markdown, ndiff, ndiff-xml/],
    ['31 now --format ndiff --summary', /--format ndiff has no --summary\n/],
    ['31 now --ignore scripts', /reading ignore rules: "scripts" is none\n {2}remedy: write script:ID/],
    ['31 now --ignore port:99999', /"port:99999" is none/],
    ['three-hosts.xml three-hosts.xml --format ndiff --ignore volatile', /by Ndiff's own rules .* without --ignore and --covers/],
    ['31 now --covers 10.0.0.0/24', /--covers is for files, and no side is one/],
    ['three-hosts.xml now --covers nas.lan', /reading --covers nas\.lan: it is a name/],
    ['three-hosts.xml now --covers 10.0.0.1/24', /write 10\.0\.0\.0\/24/],
    ['tuesday now', /reading side "tuesday": it is no file, no scan and no moment\n {2}remedy: write a file/],
    ['home@yesterdy', /"yesterdy".* not a time/],
    ['not-nmap.xml three-hosts.xml', /reading not-nmap\.xml: .*"rss".*line 2, column 1, byte 22/],
    ['three-hosts.xml .', /reading \.: it is a folder/],
  ];
  for (const [words, message] of refused) {
    const { code, out, err, calls } = await diff(words);
    assert.deepEqual([code, out, calls], [2, '', []], words);
    assert.match(err, message, words);
    assert.doesNotMatch(err, /error/i);
  }
});

test('a failure under --json is JSON', async () => {
  const missing = await diff('three-hosts.xml nowhere.xml --json');
  assert.deepEqual([missing.code, missing.json().fault.code], [2, 'not-found']);
  const both = await diff('31 now --format html --json');
  assert.deepEqual([both.code, both.json().fault.message], [2, 'reading the command line: --json contradicts --format html']);
});

test('--covers says what a file that does not tell has scanned', async () => {
  const path = join(emptyFolder(), 'no-words.xml');
  const text = readFileSync(aDayLater(), 'utf8');
  writeFileSync(path, text.replace(/ args="[^"]*"/, '').replace('down="253" total="256"', 'down="5" total="8"'));
  const unsaid = await diff(`three-hosts.xml ${path} --summary`);
  const said = await diff(`three-hosts.xml ${path} --summary --covers 192.0.2.3-10`);
  assert.equal(unsaid.out, '2 devices differ (1 new), 1 same, 1 unknown\n');
  assert.equal(said.out, '3 devices differ (1 new, 1 gone), 1 same\n');
});

const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

test('S5: hostile text reaches neither terminal nor document unescaped, in no format', async () => {
  for (const attack of ATTACKS) {
    for (const format of ['text', 'json', 'html', 'markdown', 'ndiff', 'ndiff-xml']) {
      const { out, err } = await diff(`31 now --format ${format}`, {
        ...comparing(...hostileItems(attack)),
        tty: true,
        env: { NO_COLOR: '1' },
      });
      assert.doesNotMatch(out + err, OBEYED, `${format} ${JSON.stringify(attack)}`);
      assert.doesNotMatch(err, /this should not happen/, `${format} ${JSON.stringify(attack)}`);
    }
  }
});

test('S5: hostile sides on the command line come back escaped', async () => {
  for (const attack of ATTACKS) {
    const { code, out, err } = await rollcall(['diff', attack, 'now'], { tty: true, env: { NO_COLOR: '1' } });
    assert.equal(code, 2);
    assert.doesNotMatch(out + err, OBEYED, attack);
  }
});

const program = fileURLToPath(new URL('../../bin/rollcall', import.meta.url));

/** A line of a shell in which rollcall is the program itself. */
function shell(script: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const env = { PATH: process.env['PATH'], ROLLCALL_DATA: join(emptyFolder(), 'state'), rollcall: program };
  return spawnSync('bash', ['-c', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', timeout: 20_000 });
}

test('a side can be piped in, and the other one be what a command prints', () => {
  const { status, stdout } = shell('cat three-hosts.xml | "$rollcall" diff - <(cat three-hosts.xml)');
  assert.match(stdout, /^A {2}stdin .*\nB {2}\/dev\/fd\/\d+ .*\n\nno differences, 3 same\n$/);
  assert.equal(status, 0);
});

test('R22: a result that cannot be written is a failure; a reader that has seen enough is none', () => {
  const full = shell(`"$rollcall" diff three-hosts.xml ${aDayLater()} > /dev/full`);
  assert.match(full.stderr, /^rollcall: writing the result: ENOSPC/);
  assert.equal(full.status, 2);
  const head = shell(`"$rollcall" diff three-hosts.xml ${aDayLater()} --format html | head -n 1`);
  assert.deepEqual([head.stdout, head.stderr], ['<!DOCTYPE html>\n', '']);
});
