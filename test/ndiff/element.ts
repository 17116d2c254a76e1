import type { Draw } from './draw.ts';

/** An element of a document to be. Attribute values are plain text. */
export interface Element {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: readonly Node[];
}

/** In this order; what is undefined is left out. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** An element, or a piece of XML as it is. */
export type Node = Element | string;

export function element(name: string, attributes: Attributes = {}, ...children: readonly Node[]): Element {
  return { name, attributes, children };
}

/** How freely a document is written: all of it means the same. */
export interface Hand {
  attribute(name: string, value: string): string;
  /** Between attributes and before the end of a tag. */
  gap(): string;
  /** Before the closing sign of a tag. */
  rest(): string;
  /** Between elements. */
  between(): string;
  /** Whether an element without children is written as one tag. */
  short(): boolean;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

export const escaped = (text: string): string => text.replace(/[&<>"']|[\t\n\r]/g, (sign) => ESCAPES[sign] ?? `&#${sign.charCodeAt(0)};`);

/** As nmap writes. */
export const PLAIN_HAND: Hand = {
  attribute: (name, value) => `${name}="${escaped(value)}"`,
  gap: () => ' ',
  rest: () => '',
  between: () => '\n',
  short: () => true,
};

/** Writes whatever XML allows. */
export function freeHand(draw: Draw): Hand {
  const spaces = (): string => draw.pick([' ', '  ', '\n', '\t', ' \r\n ', '\r']);
  return {
    attribute: (name, value) => {
      const quote = draw.pick(['"', '"', "'"]);
      const equals = draw.happens(0.1) ? draw.pick([' = ', '\n=', '=\t']) : '=';
      return `${name}${equals}${quote}${freely(value, quote, draw)}${quote}`;
    },
    gap: () => (draw.happens(0.2) ? spaces() : ' '),
    rest: () => (draw.happens(0.1) ? spaces() : ''),
    between: () => (draw.happens(0.15) ? between(draw, spaces) : draw.pick(['\n', '', '\n\n'])),
    short: () => !draw.happens(0.2),
  };
}

function between(draw: Draw, spaces: () => string): string {
  return draw.pick([
    () => `<!-- ${draw.pick(['<host>', '&', 'nmap', '\'"', 'é€😀', '- >'])} -->`,
    () => `<?${draw.pick(['x', 'php', 'xml-stylesheet'])} ${draw.pick(['', '<host/>', '?', 'a="b"'])}?>`,
    () => `<![CDATA[${draw.pick(['', '<host/>', ']]', '&nix;', '\u2028'])}]]>`,
    () => draw.pick(['text', '&#65;', '&amp;', 'é', '\u{1f600}', '>']),
    spaces,
  ])();
}

/** Each character as itself, by name, by its number in decimal or hexadecimal. */
function freely(value: string, quote: string, draw: Draw): string {
  return Array.from(value, (sign) => {
    const mustEscape = sign === '&' || sign === '<' || sign === quote || /[\t\n\r]/.test(sign);
    if (!mustEscape && !draw.happens(0.03)) return sign;
    const code = sign.codePointAt(0) as number;
    const byNumber = [`&#${code};`, `&#x${code.toString(16)};`, `&#x000${code.toString(16).toUpperCase()};`];
    return draw.pick(sign in ESCAPES ? [...byNumber, ESCAPES[sign] as string] : byNumber);
  }).join('');
}

/** The text of an element and all it holds. */
export function written(node: Node, hand: Hand = PLAIN_HAND): string {
  if (typeof node === 'string') return node;
  const attributes = Object.entries(node.attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [`${hand.gap()}${hand.attribute(name, value)}`],
  );
  const open = `<${node.name}${attributes.join('')}${hand.rest()}`;
  if (node.children.length === 0 && hand.short()) return `${open}/>`;
  const inner = node.children.map((child) => `${typeof child === 'string' ? '' : hand.between()}${written(child, hand)}`).join('');
  return `${open}>${inner}${hand.between()}</${node.name}${hand.rest()}>`;
}
