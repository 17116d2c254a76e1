// Runs a document through our tokenizer and through saxes, and writes down what each of them said.
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { Tokenizer, type TokenizerOptions, type XmlFault } from '../../src/nmap-xml/index.ts';

export type Event =
  | readonly ['start', string, readonly (readonly [string, string])[]]
  | readonly ['end', string]
  | readonly ['text', string];

export interface Heard {
  readonly events: readonly Event[];
  /** null: accepted. */
  readonly refusal: string | null;
}

/** Joins text that came in pieces. */
class Notes {
  readonly events: Event[] = [];

  add(event: Event): void {
    const last = this.events.at(-1);
    if (event[0] === 'text' && last?.[0] === 'text') this.events[this.events.length - 1] = ['text', last[1] + event[1]];
    else if (event[0] !== 'text' || event[1] !== '') this.events.push(event);
  }
}

/** What our tokenizer says of chunks. Each is handed over in one buffer that is written over afterwards, as streams do. */
export function hearOurs(chunks: readonly Uint8Array[], options: TokenizerOptions = {}): Heard & { readonly fault: XmlFault | null } {
  const notes = new Notes();
  const tokenizer = new Tokenizer(
    {
      start: (name, attributes) =>
        notes.add(['start', name, Array.from({ length: attributes.count }, (_, i) => [attributes.name(i), attributes.value(i)] as const)]),
      end: (name) => notes.add(['end', name]),
      text: (read) => notes.add(['text', read()]),
    },
    options,
  );
  const shared = Buffer.alloc(Math.max(1, ...chunks.map(({ length }) => length)));
  for (const chunk of chunks) {
    shared.set(chunk);
    tokenizer.write(shared.subarray(0, chunk.length));
    shared.fill(0x3e);
  }
  const fault = tokenizer.end();
  return { events: notes.events, refusal: fault?.message ?? null, fault };
}

/** What saxes says of the same bytes. It takes text, so that the bytes are UTF-8 is judged by the platform's decoder. */
export function hearSaxes(bytes: Uint8Array): Heard {
  const notes = new Notes();
  const parser = new SaxesParser({ xmlns: false, fileName: 'fuzz' });
  let depth = 0;
  parser.on('opentag', (tag: SaxesTagPlain) => {
    depth++;
    notes.add(['start', tag.name, Object.entries(tag.attributes)]);
  });
  parser.on('closetag', (tag: SaxesTagPlain) => {
    depth--;
    notes.add(['end', tag.name]);
  });
  // saxes also tells of the space outside the root.
  parser.on('text', (text) => depth > 0 && notes.add(['text', text]));
  parser.on('cdata', (text) => notes.add(['text', text]));
  try {
    parser.write(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)).close();
    return { events: notes.events, refusal: null };
  } catch (thrown) {
    return { events: notes.events, refusal: String(thrown) };
  }
}

/** The bytes cut at these places (any numbers). */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...cuts].map((from, i) => bytes.subarray(from, cuts[i] ?? bytes.length));
}

export function byteByByte(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
}
