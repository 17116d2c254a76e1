import { host, itself, run, type Situations, script } from './documents.ts';

const versus = (a: string, b: string): { a: string; b: string } => ({ a: run('', a), b: run('', b) });
const ended = (time: string): string => run(`<runstats><finished time="${time}"/></runstats>`);
const pre = (...scripts: readonly string[]): string => `<prescript>${scripts.join('')}</prescript>`;
const post = (...scripts: readonly string[]): string => `<postscript>${scripts.join('')}</postscript>`;

export const HEADERS: Situations = {
  'equal banners': itself(run()),
  'no attribute at all': itself('<nmaprun/>'),
  'no attribute against all': { a: '<nmaprun/>', b: run() },
  'another scanner': versus('scanner="nmap"', 'scanner="masscan" version="1.3"'),
  'a scanner called Nmap, with a capital': versus('scanner="nmap"', 'scanner="Nmap"'),
  'an empty scanner': versus('scanner=""', 'scanner="nmap"'),
  'no scanner and the scanner nmap read the same': versus('version="1"', 'scanner="nmap" version="1"'),
  'another version': versus('version="7.93"', 'version="7.95"'),
  'an empty version': versus('version=""', 'args="x"'),
  'no arguments': versus('args="nmap"', 'scanner="nmap"'),
  'empty arguments': versus('args=""', 'scanner="nmap"'),
  'arguments with signs that XML escapes': versus('args="&lt;&amp;&gt;&quot;&apos;"', 'args="&#10;&#9;&#13; &#xa0;é😀"'),
  'arguments over two lines': versus('args="a&#10;b"', 'args="a&#10;b" version="1"'),
  'only the end differs': { a: ended('1000'), b: ended('2000') },
  'the end is there on one side only': { a: ended('1000'), b: run() },
  'an end that stands twice': { a: run('<runstats><finished time="1"/><finished time="2"/></runstats>'), b: ended('2') },
  'an end without a time': { a: run('<runstats><finished/></runstats>'), b: run() },
  'an end by another name for the same number': { a: ended('1_000'), b: ended(' +01000 ') },
  'starts of every form that int() takes': versus('start=" 1_000 "', 'start="+01000"'),
  'a start in digits of another script': versus('start="١٢٣٤"', 'start="𝟏𝟐𝟑𝟒"'),
  'a start with wrong underscores': versus('start="1__0"', 'start="10"'),
  'a start with a minus sign of typography': versus('start="\u22121"', 'start="10"'),
  'a start with spaces between sign and digits': versus('start="+ 1"', 'start="10"'),
  'a start at the beginning of time': versus('start="0"', 'start="-0"'),
  'a start before 1970': versus('start="-86400"', 'start="-2208988800"'),
  'a start in the year 2': versus('start="-62100000000"', 'start="-62000000000"'),
  'a start in the year 999': versus('start="-30600000000"', 'start="-50000000000"'),
  'a start in the year 9999': versus('start="253402200000"', 'start="253402210000"'),
  'a day of one digit': versus('start="1772359200"', 'start="1772445600"'),
};

export const OUTSIDE_HOSTS: Situations = {
  'a pre-scan script is new': { a: run(), b: run(pre(script('broadcast', 'x\ny'))) },
  'a pre-scan script is gone': { a: run(pre(script('broadcast', 'x'))), b: run() },
  'a pre-scan script says something else': { a: run(pre(script('broadcast', 'x\ny'))), b: run(pre(script('broadcast', 'x\nz'))) },
  'equal pre-scan scripts': itself(run(pre(script('broadcast', 'x')))),
  'a pre-scan script beside an equal one': {
    a: run(pre(script('a', '1'), script('b', '2'))),
    b: run(pre(script('a', '1'), script('b', '3'))),
  },
  'pre-scan scripts are not sorted': { a: run(pre(script('b', '1'), script('a', '2'))), b: run(pre(script('a', '2'), script('b', '1'))) },
  'pre-scan scripts of one id': {
    a: run(pre(script('a', '2'), script('a', '1'))),
    b: run(pre(script('a', '1'), script('a', '2'), script('a', '3'))),
  },
  'a pre-scan script without output': { a: run(pre(script('a', ''))), b: run() },
  'a pre-scan script loses its output': { a: run(pre(script('a', 'x'))), b: run(pre(script('a', ''))) },
  'two blocks of pre-scan scripts': { a: run(pre(script('a', '1')) + pre(script('b', '2'))), b: run() },
  'a post-scan script is new': { a: run(), b: run(host() + post(script('reverse-index', '\n  22/tcp: 10.0.0.1'))) },
  'a post-scan script is gone': { a: run(post(script('r', 'x'))), b: run() },
  'a post-scan script says something else': { a: run(post(script('r', 'x'))), b: run(post(script('r', 'y'))) },
  'equal post-scan scripts': itself(run(post(script('r', 'x'), script('s', 'y')))),
  'both, with a host between them that changed': {
    a: run(`${pre(script('p', '1'))}${host()}${post(script('q', '1'))}`),
    b: run(`${pre(script('p', '2'))}${host('', '10.0.0.2')}${post(script('q', '2'))}`),
  },
};
