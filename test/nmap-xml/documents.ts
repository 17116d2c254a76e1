// Documents for the fuzz tests: sound ones, sound ones with damage, and heaps of pieces of XML.
import * as fc from 'fast-check';

const NAMES = ['a', 'host', 'port', 'nmaprun', '__proto__', 'constructor', 'toString', 'x:y', '_', 'a-b.c1', 'é', '名', 'a·', 'א٣'];
const SPACES = [' ', '  ', '\n', '\t', '\r\n', ' \r'];
const TEXTS = [
  'open',
  '127.0.0.1',
  ' ',
  '\n',
  '\r',
  '\r\n',
  '\t',
  ']',
  ']]',
  '>',
  '-',
  '--',
  '?',
  'é',
  '€',
  '\u{1f600}',
  '\u007f',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\ufffd',
];
const REFERENCES = ['&amp;', '&lt;', '&gt;', '&quot;', '&apos;', '&#10;', '&#xd;', '&#x9;', '&#xe9;', '&#0065;', '&#x10FFFF;', '&#x1f600;'];

const name = fc.constantFrom(...NAMES);
const space = fc.constantFrom(...SPACES);
const maybeSpace = fc.oneof({ weight: 3, arbitrary: fc.constant('') }, space);
const pieces = (...kinds: string[][]) => fc.array(fc.constantFrom(...kinds.flat()), { maxLength: 6 }).map((parts) => parts.join(''));

// Two stretches may come to stand side by side, so none ends in the beginning of "]]>".
const text = pieces(TEXTS, REFERENCES, ["'", '"']).map((value) => value.replaceAll(']]>', ']]&gt;').replace(/\]+$/, ''));
const comment = pieces(TEXTS, ['<', '&', '<a>']).map((value) => `<!--${value.replace(/-+/g, '-').replace(/-$/, '')}-->`);
const cdata = pieces(TEXTS, ['<', '&', '&amp;', '<a>']).map((value) => `<![CDATA[${value.replaceAll(']]>', ']] >')}]]>`);
const instruction = fc
  .tuple(name, space, pieces(TEXTS, ['<', '&', '??']))
  .map(([target, gap, body]) => `<?${target}${gap}${body.replaceAll('?>', '? >')}?>`);

const attribute = fc
  .tuple(space, name, maybeSpace, maybeSpace, fc.constantFrom('"', "'"), pieces(TEXTS, REFERENCES, ['"', "'"]))
  .map(([gap, key, before, after, quote, value]) => ({
    key,
    text: `${gap}${key}${before}=${after}${quote}${value.replaceAll(quote, '')}${quote}`,
  }));
const attributes = fc
  .uniqueArray(attribute, { maxLength: 4, selector: ({ key }) => key })
  .map((all) => all.map((one) => one.text).join(''));

const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.tuple(name, attributes, maybeSpace).map(([tag, given, gap]) => `<${tag}${given}${gap}/>`),
    fc
      .tuple(name, attributes, maybeSpace, fc.array(tie('content'), { maxLength: 4 }), maybeSpace)
      .map(([tag, given, gap, content, last]) => `<${tag}${given}${gap}>${content.join('')}</${tag}${last}>`),
  ),
  content: fc.oneof(tie('element'), text, comment, cdata, instruction),
}));

const outside = fc.array(fc.oneof(space, comment, instruction), { maxLength: 2 }).map((parts) => parts.join(''));
const declaration = fc.constantFrom(
  '',
  '',
  '<?xml version="1.0"?>',
  "<?xml version='1.0' encoding='UTF-8' ?>",
  '<?xml  version = "1.0"\nstandalone="yes"?>',
  '<?xml version="1.0" encoding="iso-8859-1" standalone=\'no\'?>',
);
const doctype = fc.constantFrom(
  '',
  '',
  '<!DOCTYPE nmaprun>',
  '<!DOCTYPE  x:y >',
  '<!DOCTYPE a SYSTEM "nmap.dtd">',
  '<!DOCTYPE a PUBLIC \'-//x\' "[>">',
);
const bom = fc.constantFrom('', '', '', '\ufeff');

const encoder = new TextEncoder();

/** Well-formed documents. */
export const sound: fc.Arbitrary<Uint8Array> = fc
  .tuple(bom, declaration, outside, doctype, outside, element, outside)
  .map((parts) => encoder.encode(parts.join('')));

const DAMAGE = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '/',
  '=',
  '?',
  '!',
  ' ',
  ';',
  ']]>',
  '--',
  '-->',
  '<!--',
  '<![CDATA[',
  '<?',
  '?>',
  '<?xml version="1.0"?>',
  '<?XML a?>',
  '<!DOCTYPE a>',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&b;',
  '&#0;',
  '&#x1;',
  '&#xD800;',
  '&#xfffe;',
  '&#x110000;',
  '&#99999999999;',
  '&#X41;',
  '&#;',
  '&;',
  '&toString;',
  '<a>',
  '</a>',
  '<a/>',
  ' a="1"',
  '\u0000',
  '\u0001',
  '\u001b',
  '\ufffe',
  '\ufeff',
  '1',
  '-',
  '.',
].map((piece) => encoder.encode(piece));
const BYTES = [
  [0x80],
  [0xff],
  [0xc0, 0xaf],
  [0xc3],
  [0xe2, 0x82],
  [0xed, 0xa0, 0x80],
  [0xed, 0xbf, 0xbf],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf0, 0x80, 0x80, 0xaf],
  [0xef, 0xbf, 0xbf],
  [0xef, 0xbb],
].map((bytes) => Uint8Array.from(bytes));

const place = fc.nat(4096);
type Mutation = (bytes: Uint8Array) => Uint8Array;

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.constantFrom(...DAMAGE, ...BYTES)).map(
    ([at, piece]) =>
      (bytes: Uint8Array) =>
        splice(bytes, [at, 0], piece),
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 8 })).map(
    ([at, count]) =>
      (bytes: Uint8Array) =>
        splice(bytes, [at, count], new Uint8Array(0)),
  ),
  fc.tuple(place, fc.nat(255)).map(
    ([at, byte]) =>
      (bytes: Uint8Array) =>
        splice(bytes, [at, 1], Uint8Array.of(byte)),
  ),
  fc.tuple(place, place, fc.integer({ min: 1, max: 12 })).map(
    ([at, from, count]) =>
      (bytes: Uint8Array) =>
        splice(bytes, [at, 0], bytes.subarray(from % (bytes.length + 1)).subarray(0, count)),
  ),
  place.map((at) => (bytes: Uint8Array) => bytes.subarray(0, at % (bytes.length + 1))),
);

function splice(bytes: Uint8Array, [at, count]: readonly [number, number], piece: Uint8Array): Uint8Array {
  const from = at % (bytes.length + 1);
  return Uint8Array.from([...bytes.subarray(0, from), ...piece, ...bytes.subarray(from + count)]);
}

/** These documents with one to three wounds, few of them still well-formed. */
export const damage = (documents: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(documents, fc.array(mutation, { minLength: 1, maxLength: 3 }))
    .map(([bytes, mutations]) => mutations.reduce<Uint8Array>((left, mutate) => mutate(left), bytes));

export const damaged = damage(sound);

/** Pieces of XML in any order. */
export const heap: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...DAMAGE, ...BYTES),
      fc.constantFrom(...TEXTS, ...REFERENCES, ...NAMES).map((piece) => encoder.encode(piece)),
    ),
    { maxLength: 10 },
  )
  .chain((parts) => fc.boolean().map((wrapped) => (wrapped ? [encoder.encode('<a>'), ...parts, encoder.encode('</a>')] : parts)))
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));
