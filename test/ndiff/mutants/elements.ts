/** A place in a text: from, to. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface AttributeSpan extends Span {
  readonly name: Span;
  readonly value: Span;
}

export interface ElementSpan extends Span {
  readonly name: string;
  readonly attributes: readonly AttributeSpan[];
}

const TAG = /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>/g;
const ATTRIBUTE = /\s+([\w:.-]+)="([^"<]*)"/g;

/** The elements that a text still has, as far as they can be told: it may be damaged already. */
export function elementsOf(text: string): ElementSpan[] {
  const elements: ElementSpan[] = [];
  const open: { name: string; from: number; attributes: readonly AttributeSpan[] }[] = [];
  for (const match of text.matchAll(TAG)) {
    const [tag, closing, name = '', attributes = '', empty] = match;
    const to = match.index + tag.length;
    if (closing) {
      const around = open.pop();
      if (around) elements.push({ ...around, to });
    } else {
      const one = { name, from: match.index, attributes: attributesOf(attributes, match.index + 1 + name.length) };
      if (empty) elements.push({ ...one, to });
      else open.push(one);
    }
  }
  return elements;
}

function attributesOf(text: string, start: number): AttributeSpan[] {
  return [...text.matchAll(ATTRIBUTE)].map(({ 0: whole, 1: name = '', 2: value = '', index }) => {
    const [from, to] = [start + index, start + index + whole.length];
    const nameFrom = to - '=""'.length - value.length - name.length;
    return { from, to, name: { from: nameFrom, to: nameFrom + name.length }, value: { from: to - 1 - value.length, to: to - 1 } };
  });
}
