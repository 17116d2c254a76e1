// What can happen to a document. Texts hold one byte a character.
import type { Draw } from '../draw.ts';
import { type AttributeSpan, type ElementSpan, elementsOf, type Span } from './elements.ts';
import { BREAKAGE, NAMES, NUMBERS, PIECES, REFERENCES, TEXTS } from './words.ts';

/** `other` is another document, to be spliced in. */
export type Mutation = (text: string, draw: Draw, other: string) => string;

const replaced = (text: string, { from, to }: Span, by: string): string => text.slice(0, from) + by + text.slice(to);
const inserted = (text: string, at: number, piece: string): string => text.slice(0, at) + piece + text.slice(at);
const part = (text: string, { from, to }: Span): string => text.slice(from, to);
const sliceOf = (text: string, draw: Draw): Span => {
  const [from, most] = [draw.below(text.length + 1), draw.happens(0.8) ? 60 : text.length];
  return { from, to: Math.min(text.length, from + draw.below(most + 1)) };
};

/** Ways that seldom leave a document well-formed. */
export const WOUNDS: Readonly<Record<string, Mutation>> = {
  'flip a bit': (text, draw) => {
    const at = draw.below(text.length);
    return text === '' ? text : replaced(text, { from: at, to: at + 1 }, String.fromCharCode(text.charCodeAt(at) ^ (1 << draw.below(8))));
  },
  'change a byte': (text, draw) => {
    const at = draw.below(text.length);
    return replaced(text, { from: at, to: at + 1 }, String.fromCharCode(draw.below(256)));
  },
  'put in what breaks': (text, draw) => inserted(text, draw.below(text.length + 1), draw.pick(BREAKAGE)),
  'cut out a slice': (text, draw) => replaced(text, sliceOf(text, draw), ''),
  'double a slice': (text, draw) => {
    const slice = sliceOf(text, draw);
    return inserted(text, slice.to, part(text, slice));
  },
  'move a slice': (text, draw) => {
    const slice = sliceOf(text, draw);
    const without = replaced(text, slice, '');
    return inserted(without, draw.below(without.length + 1), part(text, slice));
  },
  'cut off the end': (text, draw) => text.slice(0, draw.below(text.length + 1)),
  'go on with another document': (text, draw, other) =>
    text.slice(0, draw.below(text.length + 1)) + other.slice(draw.below(other.length + 1)),
  'append another document': (text, _draw, other) => text + other,
  'begin many elements': (text, draw) => inserted(text, draw.below(text.length + 1), '<a>'.repeat(1 + draw.below(300))),
};

/** Does something to an element of the text, if it has any. */
const atElement =
  (change: (text: string, element: ElementSpan, draw: Draw) => string): Mutation =>
  (text, draw) => {
    const elements = elementsOf(text);
    return elements.length === 0 ? text : change(text, draw.pick(elements), draw);
  };

const atAttribute = (change: (text: string, attribute: AttributeSpan, draw: Draw) => string): Mutation =>
  atElement((text, { attributes }, draw) => (attributes.length === 0 ? text : change(text, draw.pick(attributes), draw)));

/** Where an element may come to stand: beside another one, mostly of its own kind, since most others refuse its company. */
function gap(text: string, draw: Draw, piece: string): number {
  const elements = elementsOf(text);
  const name = /^<([\w:.-]+)/.exec(piece)?.[1];
  const kin = draw.happens(0.75) ? elements.filter((element) => element.name === name) : [];
  const beside = kin.length > 0 ? kin : elements;
  if (beside.length === 0) return text.length;
  const { from, to } = draw.pick(beside);
  return draw.happens(0.5) ? from : to;
}

const inOrder = (a: Span, b: Span): [Span, Span] => (a.from <= b.from ? [a, b] : [b, a]);
const wrapped = (name: string, inside: string): string => `<${name}>${inside}</${name}>`;

/** Ways that mostly leave a well-formed document well-formed, and change what it says. */
export const TWISTS: Readonly<Record<string, Mutation>> = {
  'give an attribute a text': atAttribute((text, { value }, draw) => replaced(text, value, draw.pick(TEXTS))),
  'give an attribute a number': atAttribute((text, { value }, draw) => replaced(text, value, draw.pick(NUMBERS))),
  'put a reference into an attribute': atAttribute((text, { value }, draw) =>
    inserted(text, value.from + draw.below(value.to - value.from + 1), draw.pick(REFERENCES)),
  ),
  'put bytes into an attribute': atAttribute((text, { value }, draw) =>
    inserted(text, value.from + draw.below(value.to - value.from + 1), draw.pick([...BREAKAGE, ...TEXTS])),
  ),
  'rename an attribute': atAttribute((text, { name }, draw) => replaced(text, name, draw.pick(NAMES))),
  'drop an attribute': atAttribute((text, attribute) => replaced(text, attribute, '')),
  'double an attribute': atAttribute((text, attribute, draw) =>
    inserted(text, attribute.to, draw.happens(0.5) ? part(text, attribute) : ` ${draw.pick(NAMES)}="${part(text, attribute.value)}"`),
  ),
  'swap two values': (text, draw) => {
    const values = elementsOf(text).flatMap(({ attributes }) => attributes.map(({ value }) => value));
    if (values.length < 2) return text;
    const [a, b] = inOrder(draw.pick(values), draw.pick(values));
    return a === b ? text : replaced(replaced(text, b, part(text, a)), a, part(text, b));
  },
  'drop an element': atElement((text, element) => replaced(text, element, '')),
  'double an element': atElement((text, element, draw) =>
    inserted(text, draw.happens(0.7) ? element.to : gap(text, draw, part(text, element)), part(text, element)),
  ),
  'move an element': atElement((text, element, draw) => {
    const without = replaced(text, element, '');
    return inserted(without, gap(without, draw, part(text, element)), part(text, element));
  }),
  'swap two elements': (text, draw) => {
    const elements = elementsOf(text);
    if (elements.length < 2) return text;
    const [a, b] = inOrder(draw.pick(elements), draw.pick(elements));
    return a.to > b.from ? text : replaced(replaced(text, b, part(text, a)), a, part(text, b));
  },
  'put in an element': (text, draw) => {
    const piece = draw.pick(PIECES);
    return inserted(text, gap(text, draw, piece), piece);
  },
  'put in an element of another document': (text, draw, other) => {
    const elements = elementsOf(other);
    if (elements.length === 0) return text;
    const piece = part(other, draw.pick(elements));
    return inserted(text, gap(text, draw, piece), piece);
  },
  'wrap an element': atElement((text, element, draw) => {
    const names = Array.from({ length: draw.happens(0.9) ? 1 : 300 }, () => draw.pick(NAMES));
    return replaced(
      text,
      element,
      names.reduce((inside, name) => wrapped(name, inside), part(text, element)),
    );
  }),
  'write it otherwise': (text, draw) =>
    draw.pick([
      () => text.replaceAll('\n', '\r\n'),
      () => text.replaceAll('="', ' = "'),
      () => text.replaceAll('/>', ' />'),
      () => text.replace(/^<\?xml[^>]*\?>\s*/, ''),
      () => text.replace(/encoding="[^"]*"/, 'encoding="ISO-8859-1"'),
      () => `\xef\xbb\xbf${text}`,
      () => text.replaceAll('nmaprun', draw.pick(NAMES)),
    ])(),
};
