import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Tokenizer, type TokenizerOptions, type XmlFault } from './index.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...encode(part)] : part)));

/** Everything a document says, in one line: (name key=value ...text) */
function hear(document: Uint8Array | string, options: TokenizerOptions = {}): { said: string; fault: XmlFault | null; replaced: number } {
  let said = '';
  const tokenizer = new Tokenizer(
    {
      start: (name, attributes) => {
        said += `(${name}`;
        for (let i = 0; i < attributes.count; i++) said += ` ${attributes.name(i)}=${JSON.stringify(attributes.value(i))}`;
      },
      end: () => {
        said += ')';
      },
      text: (read) => {
        said += ` ${JSON.stringify(read())}`;
      },
      encoding: (name) => {
        said += `[${name}]`;
      },
    },
    options,
  );
  tokenizer.write(typeof document === 'string' ? encode(document) : document);
  return { fault: tokenizer.end(), said, replaced: tokenizer.replaced };
}

describe('a sound document', () => {
  for (const [document, said] of [
    ['<a/>', '(a)'],
    ['<a></a >', '(a)'],
    ['\ufeff<a/>', '(a)'],
    ['<?xml version="1.0" encoding="UTF-8"?>\n<a/>\n', '[UTF-8](a)'],
    ["<?xml version = '1.7' standalone='no' ?><a/>", '(a)'],
    ['<?xml version="2.0-8_x"?><a/>', '(a)'],
    ['<!DOCTYPE nmaprun><a/>', '(a)'],
    ['<!DOCTYPE a SYSTEM "a[>.dtd" ><a/>', '(a)'],
    ["<!DOCTYPE a PUBLIC '-//x' 'a.dtd'><a/>", '(a)'],
    ['<!-- a - b --><?p?><?p q??><a/><!----> <?x y?>', '(a)'],
    ['<a b="1" c = \'2\'\n\td="&lt;&gt;&amp;&quot;&apos;&#65;&#x4A;"/>', '(a b="1" c="2" d="<>&\\"\'AJ")'],
    ['<a b="it\'s" c=\'"\' d=">"/>', '(a b="it\'s" c="\\"" d=">")'],
    ['<a b="1\t2\n3\r\n4\r5&#10;6"/>', '(a b="1 2 3 4 5\\n6")'],
    ['<a>x\r\ny\rz&#13;</a>', '(a "x\\ny\\nz\\r")'],
    ['<a>]] > ]]&gt; <![CDATA[<&]]&amp;]]]]></a>', '(a "]] > ]]> " "<&]]&amp;]]")'],
    ['<a>x<!-- c -->y<b/><![CDATA[]]></a>', '(a "x" "y"(b))'],
    ['<é名 ·="1"/>'.replace('·', 'x·'), '(é名 x·="1")'],
    ['<__proto__ __proto__="1" constructor="2" toString="3"/>', '(__proto__ __proto__="1" constructor="2" toString="3")'],
    ['<a:b xmlns="x" a:c="1"/>', '(a:b xmlns="x" a:c="1")'],
    ['<a b="\u{1f600}\u0085\u007f\ufeff"/>', '(a b="\u{1f600}\u0085\u007f\ufeff")'],
    ['<a>&#x10FFFF;&#xE000;&#0000000000000000065;</a>', '(a "\u{10ffff}\ue000A")'],
  ] as const)
    it(`is heard: ${JSON.stringify(document)}`, () => assert.deepEqual(hear(document), { said, fault: null, replaced: 0 }));

  it('has values that are found by name, and null for the ones it has not', () => {
    const found: (string | null)[] = [];
    const tokenizer = new Tokenizer({
      start: (_, attributes) => {
        found.push(attributes.get('b'), attributes.get('__proto__'), attributes.get('c'));
      },
    });
    tokenizer.write(encode('<a c="" b="1"/>'));
    assert.deepEqual([tokenizer.end(), found], [null, ['1', null, '']]);
  });
});

/** What saxes refuses too, and what only we refuse (DOCTYPE, instructions): each with a word of the reason. */
const REFUSED: readonly (readonly [string | Uint8Array, RegExp])[] = [
  ['', /no element/],
  ['  \n', /no element/],
  ['<?xml version="1.0"?>', /no element/],
  ['x', /does not start with an element/],
  ['&amp;', /does not start with an element/],
  [' <?xml version="1.0"?><a/>', /not at the start/],
  ['<a/><?xml version="1.0"?>', /not at the start/],
  ['<?XML version="1.0"?><a/>', /not at the start/],
  ['<?xml?><a/>', /version, encoding, standalone/],
  ['<?xml encoding="UTF-8"?><a/>', /version, encoding, standalone/],
  ['<?xml version="2:0"?><a/>', /version, encoding, standalone/],
  ['<?xml version="1.0" standalone="yes" encoding="x"?><a/>', /version, encoding, standalone/],
  ['<?xml version="1.0" standalone="maybe"?><a/>', /version, encoding, standalone/],
  ['<?xml version="1.0"encoding="x"?><a/>', /version, encoding, standalone/],
  ['<??><a/>', /none starts with/],
  ['<?1?><a/>', /none starts with/],
  ['<?a!b?><a/>', /no name may hold/],
  ['<a/><b/>', /more follows/],
  ['<a/>x', /more follows/],
  ['<a/>&#32;', /more follows/],
  ['<a/><![CDATA[]]>', /outside its element/],
  ['<a/></a>', /nothing is open/],
  ['<a>', /ends inside it/],
  ['<a', /the document ends inside/],
  ['<a><b></a></b>', /"b" is open/],
  ['<a></A>', /"a" is open/],
  ['<a></ a>', /none starts with/],
  ['<a></a b="1">', /more than a name/],
  ['<a></>', /none starts with/],
  ['< a/>', /none starts with/],
  ['<1a/>', /none starts with/],
  ['<a b/>', /has no value/],
  ['<a b=1/>', /no quotes/],
  ['<a b="1"c="2"/>', /no space/],
  ['<a b="1" b="2"/>', /"b" is given twice/],
  ['<a b="<"/>', /holds "<"/],
  ['<a/ >', /not followed by ">"/],
  ['<a b="1" / >', /not followed by ">"/],
  ['<a\u00d7/>', /no name may hold/],
  ['<a \u00b7="1"/>', /no name may hold/],
  ['<a\uffff/>', /no name may hold/],
  ['<a b="&c;"/>', /nothing defines the entity "c"/],
  ['<a>&toString;</a>', /nothing defines the entity "toString"/],
  ['<a>&AMP;</a>', /nothing defines/],
  ['<a>& </a>', /not followed by a name/],
  ['<a>&;</a>', /not followed by a name/],
  ['<a>&amp</a>', /not followed by a name/],
  ['<a>&#;</a>', /not followed by a number/],
  ['<a>&#x;</a>', /not followed by a number/],
  ['<a>&#X41;</a>', /not followed by a number/],
  ['<a>&#1a;</a>', /not followed by a number/],
  ['<a>&#0;</a>', /character XML forbids/],
  ['<a b="&#x1;"/>', /character XML forbids/],
  ['<a>&#xD800;</a>', /character XML forbids/],
  ['<a>&#xFFFE;</a>', /character XML forbids/],
  ['<a>&#x110000;</a>', /character XML forbids/],
  ['<a>&#99999999999999999999;</a>', /character XML forbids/],
  ['<a>\u0001</a>', /character XML forbids/],
  ['<a b="\u0000"/>', /character XML forbids/],
  ['<a><!--\u001b--></a>', /character XML forbids/],
  ['<a><![CDATA[\u000c]]></a>', /character XML forbids/],
  ['<a><?p \u0008?></a>', /character XML forbids/],
  ['<a>\uffff</a>', /character XML forbids/],
  ['<a>]]></a>', /only ends CDATA/],
  ['<a>]]]></a>', /only ends CDATA/],
  ['<!-- a -- b --><a/>', /holds "--"/],
  ['<!-- a ---><a/>', /holds "--"/],
  ['<!a><a/>', /neither a comment/],
  ['<![CDATA[x]]><a/>', /outside its element/],
  ['<a><![cdata[x]]></a>', /does not open CDATA/],
  ['<!DOCTYPE a [<!ENTITY b "c">]><a/>', /which is refused/],
  ['<!DOCTYPE a []><a/>', /which is refused/],
  ['<!DOCTYPE><a/>', /neither a comment/],
  ['<!DOCTYPE a b><a/>', /names an outer DTD/],
  ['<!DOCTYPE a SYSTEM><a/>', /names an outer DTD/],
  ['<!DOCTYPE a><!DOCTYPE a><a/>', /not alone/],
  ['<a/><!DOCTYPE a>', /not before the first/],
  ['<a><!DOCTYPE a></a>', /not before the first/],
  [bytes([0xef, 0xbb], '<a/>'), /byte order mark/],
  [bytes('\ufeff\ufeff<a/>'), /does not start with an element/],
  [bytes([0xff, 0xfe], '<'), /does not start with an element/],
  [bytes('<a>', [0xff], '</a>'), /not UTF-8/],
  [bytes('<a>', [0xc0, 0xaf], '</a>'), /not UTF-8/],
  [bytes('<a>', [0xe0, 0x80, 0x80], '</a>'), /not UTF-8/],
  [bytes('<a>', [0xed, 0xa0, 0x80], '</a>'), /not UTF-8/],
  [bytes('<a>', [0xf4, 0x90, 0x80, 0x80], '</a>'), /not UTF-8/],
  [bytes('<a b="', [0xc3], '"/>'), /not UTF-8/],
  [bytes('<a', [0xc3], '/>'), /not UTF-8/],
];

describe('a document that is not well-formed', () => {
  for (const [document, why] of REFUSED)
    it(`is refused: ${typeof document === 'string' ? JSON.stringify(document) : Array.from(document).join(' ')}`, () =>
      assert.match(hear(document).fault?.message ?? 'accepted', why));

  it('is refused with offset, line and column of the fault', () => {
    const { message, ...place } = hear('<a>\n<b/>\n  <c d="&#1;"/>\n</a>').fault ?? { message: '' };
    assert.deepEqual(place, { offset: 17, line: 3, column: 9 });
    assert.match(message, /^reading /);
  });

  it('is heard up to the fault, and not after it', () => {
    const { said, fault } = hear('<a><b/>&x;<c/></a>');
    assert.deepEqual([said, fault?.offset], ['(a(b)', 7]);
  });

  it('shows foreign text cleaned and cut short in the fault', () => {
    const { fault } = hear('<a\u202eb/>');
    assert.match(fault?.message ?? '', /"ab"/);
    assert.ok((hear(`<a>&${'y'.repeat(500)};</a>`).fault?.message.length ?? 0) < 120);
  });
});

describe('a document read leniently', () => {
  it('has U+FFFD for every character that XML forbids, however it is written', () => {
    const { said, fault, replaced } = hear('<a b="&#0;\u0001x">&#xD800;\u0008<![CDATA[\u001b\uffff]]><!--\u0001--></a>', { lenient: true });
    assert.deepEqual([said, fault, replaced], ['(a b="\ufffd\ufffdx" "\ufffd\ufffd" "\ufffd\ufffd")', null, 7]);
  });

  it('is refused for all else', () => {
    for (const [document, why] of REFUSED)
      if (!why.source.includes('XML forbids')) assert.match(hear(document, { lenient: true }).fault?.message ?? 'accepted', why);
  });
});

describe('the limits', () => {
  const limits = { depth: 3, attributes: 2, attributeBytes: 10, unitBytes: 60, names: 5, nameBytes: 8 };
  for (const [document, why] of [
    ['<a><a><a></a></a></a>', null],
    ['<a><a><a><a></a></a></a></a>', /more than 3 are inside each other/],
    ['<a><a><a><a/></a></a></a>', /more than 3 are inside each other/],
    ['<a b="" c=""/>', null],
    ['<a b="" c="" d=""/>', /more than 2 attributes/],
    ['<a b="1234567890"/>', null],
    ['<a b="12345678901"/>', /a value is longer than 10/],
    ['<a b="&amp;&amp;&amp;"/>', /a value is longer than 10/],
    [`<a>${'x'.repeat(60)}</a>`, null],
    [`<a>${'x'.repeat(61)}</a>`, /longer than 60/],
    [`<a><!--${'x'.repeat(60)}--></a>`, /longer than 60/],
    [`<a/>${' '.repeat(60)}`, null],
    [`<a/>${' '.repeat(61)}`, /longer than 60/],
    [`<a ${' '.repeat(61)}/>`, /longer than 60/],
    ['<a><b/><c/><d/><e/></a>', null],
    ['<a><b/><c/><d/><e/><f/></a>', /more than 5 different/],
    ['<abcdefgh/>', null],
    ['<abcdefghi/>', /longer than 8/],
  ] as const)
    it(`hold: ${document.slice(0, 40)}`, () => {
      const { fault } = hear(document, { limits });
      if (why) assert.match(fault?.message ?? 'accepted', why);
      else assert.equal(fault?.message ?? null, null);
    });

  it('let service fingerprints of 300 KB pass', () => {
    const long = 'SF-Port80-TCP:V=7.93%r(NULL,5,&quot;\\x20&lt;'.repeat(7000);
    assert.ok(long.length > 300_000);
    const { fault, said } = hear(`<a servicefp="${long}"/>`);
    assert.equal(fault, null);
    assert.ok(said.length > 200_000);
  });

  it('stop a value of more than 1 MB', () =>
    assert.match(hear(`<a b="${'x'.repeat(2 ** 20 + 1)}"/>`).fault?.message ?? '', /longer than 1048576/));
});

describe('whoever listens', () => {
  it('may refuse, which is the fault at the element it heard of', () => {
    const tokenizer: Tokenizer = new Tokenizer({ start: (name) => (name === 'b' ? tokenizer.refuse('reading b: no') : undefined) });
    tokenizer.write(encode('<a>\n<b/><c/></a>'));
    assert.deepEqual(tokenizer.end(), { message: 'reading b: no', offset: 4, line: 2, column: 1 });
  });

  it('may fail, which is thrown on and ends the reading', () => {
    const heard: string[] = [];
    const tokenizer = new Tokenizer({
      start: (name) => {
        heard.push(name);
        throw new RangeError('mine');
      },
    });
    assert.throws(() => tokenizer.write(encode('<a><b/></a>')), /mine/);
    tokenizer.write(encode('<c/>'));
    assert.deepEqual([heard, tokenizer.end()?.message], [['a'], 'reading stopped: whoever listens failed']);
  });

  it('need not listen at all', () => {
    const tokenizer = new Tokenizer({});
    tokenizer.write(encode('<?xml version="1.0" encoding="x"?><a b="1">text<![CDATA[x]]></a>'));
    assert.equal(tokenizer.end(), null);
  });
});
