/** Just enough of TypeScript's grammar to tell names and imports from text and comments. */
export interface Token {
  readonly kind: 'word' | 'text' | 'comment' | 'sign';
  readonly text: string;
  readonly line: number;
}

const WORD = /[\p{ID_Start}$_#][\p{ID_Continue}$]*/uy;
const NUMBER = /\d[\w.]*/y;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const QUOTED = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y;
const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
/** A piece of a template, up to its end or the next `${`. */
const PIECE = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y;
// After one of these a slash begins a regular expression; after any other word it divides.
const BEFORE_VALUE = new Set(['return', 'typeof', 'case', 'in', 'of', 'new', 'delete', 'void', 'throw', 'await', 'yield', 'else', 'do']);

export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  /** For each open template: how many braces are open inside its current `${`. */
  const braces: number[] = [];
  let at = source.startsWith('#!') ? source.indexOf('\n') : 0;
  let line = 1;
  const take = (kind: Token['kind'], text: string): void => {
    tokens.push({ kind, text, line });
    at += text.length;
    line += text.split('\n').length - 1;
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  const template = (opening: string): void => {
    at += opening.length;
    const piece = match(PIECE) ?? source.slice(at);
    at -= opening.length;
    take('text', opening + piece);
    if (piece.endsWith('${')) braces.push(0);
  };
  while (at < source.length) {
    const next = source[at] as string;
    const comment = match(COMMENT);
    if (comment !== undefined) take('comment', comment);
    else if (/\s/.test(next)) {
      if (next === '\n') line++;
      at++;
    } else if (next === '`') template('`');
    else if (next === '}' && braces.at(-1) === 0) {
      braces.pop();
      template('}');
    } else {
      const text = match(QUOTED) ?? (next === '/' && valueMayBegin(tokens) ? match(REGEX) : undefined) ?? match(NUMBER);
      const word = text === undefined ? match(WORD) : undefined;
      if (next === '{' && braces.length > 0) braces[braces.length - 1]!++;
      if (next === '}' && braces.length > 0) braces[braces.length - 1]!--;
      take(text === undefined ? (word === undefined ? 'sign' : 'word') : 'text', text ?? word ?? next);
    }
  }
  return tokens;
}

function valueMayBegin(tokens: readonly Token[]): boolean {
  const last = tokens.findLast(({ kind }) => kind !== 'comment');
  if (last === undefined) return true;
  if (last.kind === 'word') return BEFORE_VALUE.has(last.text);
  return last.kind === 'sign' && !')]}'.includes(last.text);
}
