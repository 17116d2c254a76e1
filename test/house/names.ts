import type { Token } from './lexer.ts';
import { EMPTY_WORDS, NAMED_ELSEWHERE, ROOMS, type Room } from './rooms.ts';
import type { SourceFile } from './source.ts';

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
const emptyWord = (name: string): string | undefined => wordsOf(name).find((word) => (EMPTY_WORDS as readonly string[]).includes(word));

/** Sentences about names of files, folders and declarations that say nothing of what the thing is for. */
export function emptyNames(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [...emptyPath(file), ...(file.isTest || file.room === '' ? [] : emptyDeclarations(file))]);
}

function emptyPath({ path }: SourceFile): string[] {
  const word = path.split('/').slice(1).map(emptyWord).find(Boolean);
  return word ? [`${path}: "${word}" fits anything, so everything ends up there; name it by what it is for`] : [];
}

function emptyDeclarations({ path, room, tokens }: SourceFile): string[] {
  return declarations(tokens).flatMap((i) => {
    const { text, line } = tokens[i] as Token;
    const word = text in NAMED_ELSEWHERE ? undefined : emptyWord(text);
    if (word) return [`${path}:${line} (${room}) ${text}: "${word}" fits anything; use the field's word`];
    const isService = tokens[i - 1]?.text === 'class' && text.endsWith('Service');
    return isService ? [`${path}:${line} (${room}) ${text}: here a service is what listens on a port`] : [];
  });
}

/** Where names stand that others can see: those of the module, and members of types. What a function calls its own is its own affair. */
function declarations(tokens: readonly Token[]): number[] {
  let depth = 0;
  const declares = ({ kind, text }: Token, i: number): boolean => {
    if (kind === 'sign') depth += '{(['.includes(text) ? 1 : '})]'.includes(text) ? -1 : 0;
    if (kind !== 'word') return false;
    const before = tokens[i - 1];
    return before?.kind === 'word' && (before.text === 'readonly' || (depth === 0 && DECLARES.has(before.text)) || before.text === 'class');
  };
  return tokens.flatMap((token, i) => (declares(token, i) ? [i] : []));
}
const DECLARES = new Set(['const', 'let', 'function', 'interface', 'type']);

/** What would make a ground room's answer depend on when and where it is asked. */
const OUTSIDE = new Set([
  'process',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
  'globalThis',
  'fetch',
  'crypto',
  'console',
]);

/** Sentences about ground rooms that ask the clock, the dice or the machine. */
export function impurities(files: readonly SourceFile[], rooms: Readonly<Record<string, Room>> = ROOMS): string[] {
  const ground = files.filter(({ room, isTest }) => !isTest && rooms[room]?.floor === 'ground');
  return ground.flatMap(({ path, room, tokens }) =>
    tokens.flatMap((token, i) => {
      const name = outsideName(tokens, i);
      return name ? [`${path}:${token.line} (${room}) names ${name}: pass it in, because ${rooms[room]?.why}`] : [];
    }),
  );
}

function outsideName(tokens: readonly Token[], i: number): string | undefined {
  const text = (offset: number): string => tokens[i + offset]?.text ?? '';
  if (tokens[i]?.kind !== 'word' || text(-1) === '.') return undefined;
  if (text(0) === 'Date' && text(1) === '.' && text(2) === 'now') return 'Date.now';
  if (text(-1) === 'new' && text(0) === 'Date' && text(1) === '(' && text(2) === ')') return 'new Date()';
  if (text(0) === 'Math' && text(1) === '.' && text(2) === 'random') return 'Math.random';
  if (text(0) === 'Temporal' && text(1) === '.' && text(2) === 'Now') return 'Temporal.Now';
  // A member or parameter may be called "process"; only the global is outside.
  return OUTSIDE.has(text(0)) && !':?'.includes(text(1) || ' ') ? text(0) : undefined;
}

/** Sentences about comments that switch a judge off. */
export function silencedJudges(files: readonly SourceFile[]): string[] {
  const sources = files.filter(({ isTest }) => !isTest);
  return sources.flatMap(({ path, comments }) =>
    comments
      .filter(({ text }) => /@ts-(?:ignore|expect-error|nocheck)|(?:oxlint|eslint)-disable|biome-ignore/.test(text))
      .map(({ line }) => `${path}:${line} switches a judge off: mend the cause, or change the rule for everybody with a decision record`),
  );
}
