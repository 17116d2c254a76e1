import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Token, tokenize } from './lexer.ts';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface Import {
  /** As written: "node:fs", "zod/v4", "../core/index.ts". */
  readonly specifier: string;
  /** Path from the root when it points into the project, else undefined. */
  readonly path: string | undefined;
  readonly line: number;
  /** Loaded only when the line runs. */
  readonly dynamic: boolean;
}

/** One file of the project as the house test sees it. Paths are from the root, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  /** First folder below src, or "web"; empty for files beside the rooms. */
  readonly room: string;
  readonly lines: number;
  /** Without comments. */
  readonly tokens: readonly Token[];
  readonly comments: readonly Token[];
  readonly imports: readonly Import[];
  readonly isTest: boolean;
}

export function parseFile(path: string, source: string): SourceFile {
  const all = tokenize(source);
  const tokens = all.filter(({ kind }) => kind !== 'comment');
  const [top, room, ...rest] = path.split('/');
  return {
    path,
    room: roomOf(top, rest.length > 0 ? room : undefined),
    lines: source.split('\n').length - 1,
    tokens,
    comments: all.filter(({ kind }) => kind === 'comment'),
    imports: importsOf(path, tokens),
    isTest: top === 'test' || path.endsWith('.test.ts'),
  };
}

const roomOf = (top: string | undefined, below: string | undefined): string => (top === 'src' ? (below ?? '') : top === 'web' ? 'web' : '');

function importsOf(path: string, tokens: readonly Token[]): Import[] {
  return tokens.flatMap(({ kind, text, line }, i) => {
    const [before, last] = [tokens[i - 2]?.text, tokens[i - 1]?.text];
    const dynamic = before === 'import' && last === '(';
    if (kind !== 'text' || !/^['"]/.test(text) || !(dynamic || last === 'from' || last === 'import')) return [];
    const specifier = text.slice(1, -1);
    const own = specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), specifier)) : undefined;
    return [{ specifier, path: own, line, dynamic }];
  });
}

/** Every TypeScript file of the project, fixtures left out. */
export function readHouse(): SourceFile[] {
  const paths = globSync(['src/**/*.ts', 'web/*.ts', 'web/src/**/*.{ts,tsx}', 'test/**/*.ts', 'bench/**/*.ts'], { cwd: root });
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.includes('/fixtures/'))
    .sort()
    .map((path) => parseFile(path, readFileSync(join(root, path), 'utf8')));
}
