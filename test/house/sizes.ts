import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIMITS, LONG_FILES } from './rooms.ts';
import { root, type SourceFile } from './source.ts';

/** The value that this share of the sorted numbers does not exceed. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

const isSource = ({ path, isTest }: SourceFile): boolean => path.startsWith('src/') && !isTest;

/** Sentences about files that hold more than one can take in at a reading. */
export function longFiles(files: readonly SourceFile[], reasons: Readonly<Record<string, string>> = LONG_FILES): string[] {
  const long = files.filter(({ path, lines }) => lines > LIMITS.fileLines && !reasons[path]);
  return long.map(
    ({ path, lines }) => `${path} has ${lines} lines, more than ${LIMITS.fileLines}: it does two things, or needs its reason in LONG_FILES`,
  );
}

/** Median and 90th percentile of the lines of source files. */
export function fileSpread(files: readonly SourceFile[]): { readonly median: number; readonly p90: number } {
  const lines = files.filter(isSource).map((file) => file.lines);
  return { median: quantile(lines, 0.5), p90: quantile(lines, 0.9) };
}

/** Lines of tests for each line of source. */
export function testsPerSource(files: readonly SourceFile[]): number {
  const count = (chosen: readonly SourceFile[]): number => chosen.reduce((sum, { lines }) => sum + lines, 0);
  return count(files.filter(({ isTest }) => isTest)) / count(files.filter(isSource));
}

export interface FunctionSize {
  readonly place: string;
  readonly lines: number;
}

/** Every function of src with its length, as the linter counts it: a limit of 0 makes it tell all. */
export function functionSizes(): FunctionSize[] {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-house-'));
  try {
    const config = join(folder, 'oxlint.json');
    writeFileSync(
      config,
      JSON.stringify({ categories: { correctness: 'off' }, rules: { 'max-lines-per-function': ['error', { max: 0 }] } }),
    );
    const args = [join(root, 'node_modules/.bin/oxlint'), '-c', config, '--format=json', '--ignore-pattern=**/*.test.ts', 'src', 'web'];
    return readDiagnostics(outputOf(args));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The linter ends with 1 when it has something to say, which here is always. */
function outputOf(args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  } catch (fault) {
    return (fault as { stdout: string }).stdout;
  }
}

interface Diagnostic {
  readonly message: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

function readDiagnostics(json: string): FunctionSize[] {
  const { diagnostics } = JSON.parse(json) as { diagnostics: readonly Diagnostic[] };
  return diagnostics.map(({ message, filename, labels }) => ({
    place: `${filename}:${labels[0]?.span.line}`,
    lines: Number(/too many lines \((\d+)\)/.exec(message)?.[1]),
  }));
}
