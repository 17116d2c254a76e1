import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ran } from './reference.ts';

/** Lines of a difference that are shown; more of them say nothing new. */
const SHOWN = 30;

/** What our run does differently, in a few lines; undefined when nothing is. Where Ndiff dies, how it complains is its own affair. */
export function disagreement(theirs: Ran & { readonly traceback?: boolean }, ours: Ran): string | undefined {
  const faults = [
    ...(theirs.code === ours.code ? [] : [`exit code: ndiff ${theirs.code}, rollcall ${ours.code}`]),
    ...unlike('stdout', theirs.stdout, ours.stdout),
    ...(theirs.traceback === true ? silence(ours) : unlike('stderr', theirs.stderr, ours.stderr)),
  ];
  if (faults.length === 0) return undefined;
  const died = theirs.traceback === true ? [`ndiff died: ${lastLine(theirs.stderr)}`, `rollcall said: ${lastLine(ours.stderr)}`] : [];
  return [...faults, ...died].join('\n');
}

/** For runs of Debian's own program, of which only the output is known. */
export const died = ({ stderr }: Ran): boolean => stderr.includes('Traceback (most recent call last):\n');

const silence = ({ stderr }: Ran): string[] => (stderr.length > 0 ? [] : ['stderr: ndiff dies with a traceback, rollcall says nothing']);

const lastLine = (text: Buffer): string => visible(text.toString().trimEnd().split('\n').at(-1) ?? '').slice(0, 300);

function unlike(what: string, theirs: Buffer, ours: Buffer): string[] {
  if (theirs.equals(ours)) return [];
  const lines = unified(theirs, ours);
  const more = lines.length > SHOWN ? [`... ${lines.length - SHOWN} more lines`] : [];
  return [`${what} differs:`, ...lines.slice(0, SHOWN).map((line) => visible(line).slice(0, 240)), ...more];
}

const visible = (line: string): string =>
  line.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]/gu, (sign) => `\\u{${(sign.codePointAt(0) as number).toString(16)}}`);

function unified(theirs: Buffer, ours: Buffer): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-verdict-'));
  try {
    writeFileSync(join(folder, 'ndiff'), theirs);
    writeFileSync(join(folder, 'rollcall'), ours);
    execFileSync('diff', ['-a', '-U2', 'ndiff', 'rollcall'], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
    return ['(the same lines)'];
  } catch (fault) {
    // diff ends with 1 when it has something to say.
    return String((fault as { stdout?: string }).stdout ?? fault)
      .split('\n')
      .slice(2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
