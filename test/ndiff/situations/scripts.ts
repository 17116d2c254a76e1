import { Draw } from '../draw.ts';
import type { Pair } from '../pairs.ts';
import { host, hosts, hostscript, itself, os, port, ports, run, type Situations, script } from './documents.ts';

const onPort = (...scripts: readonly string[]): string => ports(port(80, scripts.join('')));
const onHost = (...scripts: readonly string[]): string => hostscript(...scripts);
/** One script of a port that says something else now. */
const said = (a: string, b: string): Pair => hosts(onPort(script('id', a)), onPort(script('id', b)));

export const SCRIPTS: Situations = {
  'a port has two scripts': hosts(onPort(script('b', '1'), script('a', '2')), onPort(script('a', '2'), script('b', '3'))),
  'a port with two scripts, and itself': itself(run(host(onPort(script('a', '1'), script('b', '2'))))),
  'a port with one script, and itself: verbosely it is a difference': itself(run(host(onPort(script('a', '1'))))),
  'a host with one script, and itself: verbosely it is a difference': itself(run(host(onHost(script('a', '1'))))),
  'a port that is not shown, with a script, and itself': itself(
    run(host(ports('<extraports state="closed" count="1"/>', port(1, script('a', '1'), '<state state="closed"/>')))),
  ),
  'only the output differs': said('old', 'new'),
  'a script is new on a port': hosts(ports(port(80)), onPort(script('a', '1'))),
  'a script is gone from a port': hosts(onPort(script('a', '1')), ports(port(80))),
  'a script has another id': hosts(onPort(script('a', 'x')), onPort(script('b', 'x'))),
  'scripts of one id pair by order of output': hosts(
    onPort(script('a', '2'), script('a', '1')),
    onPort(script('a', '3'), script('a', '2')),
  ),
  'one of two scripts of one id is gone': hosts(onPort(script('a', '1'), script('a', '2')), onPort(script('a', '2'))),
  'ids sort by character, not by half of one': hosts(
    onPort(script('😀', '1'), script('\uffee', '1')),
    onPort(script('\uffee', '2'), script('😀', '1')),
  ),
  'outputs sort by character, not by half of one': hosts(onPort(script('a', '😀'), script('a', '\uffee')), onPort(script('a', '\uffee'))),
  'an empty id': hosts(onPort(script('', 'x')), onPort(script('', 'y'))),
  'the port is new and has scripts': hosts('', onPort(script('b', 'x\ny'), script('a', 'z'))),
  'the state changes and a script with it': hosts(onPort(script('a', 'x')), ports(port(80, script('a', 'y'), '<state state="filtered"/>'))),
  'the port goes among those not shown, its script stays': hosts(
    onPort(script('a', 'x')),
    ports('<extraports state="closed" count="1"/>', port(80, script('a', 'x'), '<state state="closed"/>')),
  ),
  'host scripts are new': hosts('', onHost(script('b', 'x'), script('a', 'y\nz'))),
  'host scripts are gone': hosts(onHost(script('b', 'x'), script('a', 'y\nz')), ''),
  'a host script says something else': hosts(onHost(script('a', 'x'), script('b', 'y')), onHost(script('a', 'x'), script('b', 'z'))),
  'a host script without output': hosts(onHost(script('a', '')), ''),
  'two blocks of host scripts': hosts(onHost(script('b', '1')) + onHost(script('a', '1')), onHost(script('a', '1'), script('b', '2'))),
  'what a script says in a table does not count': {
    a: run(host(onPort('<script id="a" output="x"><table><elem key="k">1</elem></table></script>'))),
    b: run(host(onPort('<script id="a" output="x"><elem>2 ]]&gt;</elem></script>'))),
  },
};

export const OUTPUTS: Situations = {
  'a last line is added: two lines change': said('one\ntwo', 'one\ntwo\nthree'),
  'the first line changes': said('one\ntwo', 'ONE\ntwo'),
  'the first line is empty': said('\n  a\n  b', '\n  a\n  c'),
  'the output is empty now: nothing is left to print': said('one', ''),
  'the output was empty': said('', 'one'),
  'only a line end is added': said('one', 'one\n'),
  'two line ends are added': said('one', 'one\n\n'),
  'an output of one line end': said('\n', 'x'),
  'an output of spaces': said('   ', 'x'),
  'spaces at the ends of lines stay': said('one  \ntwo\t', 'one\ntwo'),
  'lines of the same text by other line ends': said('a\nb\nc', 'a\rb\r\nc'),
  'every line end that Python knows': said('a\nb\rc\r\nd\x85e\u2028f\u2029g', 'a\nb'),
  'line ends next to each other': said('a\n\rb\r\n\r\nc\x85\x85d', 'a\n\nb\n\nc\n\nd'),
  'line ends at the very end': said('a\r', 'a\r\n'),
  'a line separator at the very end': said('a\u2028', 'a\x85'),
  'no line end after all': said('a\u200bb\ufeffc\u180ed\x7f', 'a\tb\xa0c'),
  'an output like a line of the table': said('|_ x\n|  y', '|  x\n|_ y'),
  'an output with markup': said('<b> "x" & \'y\'', ']]> &amp; &#10;'),
  'characters of four bytes': said('😀\n😀', '😀\n😁'),
};

const lines = (all: readonly string[]): string => all.join('\n');
const numbered = (count: number, every = 1): string[] => Array.from({ length: count }, (_, i) => `line ${Math.floor(i / every)}`);
const changed = (all: readonly string[], at: number, ...by: readonly string[]): string[] => [
  ...all.slice(0, at),
  ...by,
  ...all.slice(at + 1),
];

/** Two texts drawn from few kinds of lines: what matches what is then a matter of taste, and the taste must be Ndiff's. */
function drawn(seed: number, count: number, kinds: number): Pair {
  const draw = new Draw(seed);
  const some = (): string => lines(draw.times(count + draw.between(-2, 2), () => `l${draw.below(kinds)}`));
  return said(some(), some());
}

export const MATCHING: Situations = {
  'the longest run wins over the longest sequence': said('a\nb\nx\ny\nz\nc\nd', 'x\ny\nz\na\nb\nc\nd'),
  'of runs of one length the first wins': said('a\nb\nc\na\nb', 'a\nb\nd\na\nb'),
  'lines that are all the same': said('a\na\na\na', 'a\na\na\na\na\na'),
  'lines in the other order': said('a\nb\nc\nd', 'd\nc\nb\na'),
  '199 lines: nothing is junk': said(lines(numbered(199, 50)), lines(changed(numbered(199, 50), 100, 'new'))),
  '200 lines: the frequent ones are junk': said(lines(numbered(200, 50)), lines(changed(numbered(200, 50), 100, 'new'))),
  '200 lines of one kind': said(lines(numbered(200, 200)), lines(numbered(201, 200))),
  'a line that stands three times in 200': said(lines([...numbered(197), 'x', 'x', 'x']), lines(['x', 'x', 'x', ...numbered(197)])),
  'a line that stands four times in 200': said(
    lines([...numbered(196), 'x', 'x', 'x', 'x']),
    lines(['x', 'x', 'x', 'x', ...numbered(196)]),
  ),
  '299 lines, and 300': said(lines(numbered(299, 4)), lines(numbered(300, 4).reverse())),
  'junk lengthens a run that has begun': said(
    lines(['x', 'x', 'rare', 'x', 'x']),
    lines([...numbered(100).flatMap((line) => [line, 'x']), 'x', 'rare', 'x', 'x']),
  ),
  '200 systems': hosts(os(...numbered(200, 40)), os(...numbered(210, 42).reverse())),
  'only the second side decides what is junk': said(lines(numbered(400, 100)), lines(numbered(50, 10))),
  ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`a drawn text of few lines, ${i + 1}`, drawn(i, 12, 4)])),
  ...Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`a drawn text of some 200 lines, ${i + 1}`, drawn(100 + i, 200, 3 + 12 * i)])),
};
