import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Fault, formatSide, type Instant, parseSide, type Result } from '../../core/index.ts';
import { readMoment } from '../terminal/moment.ts';

/** A side of a comparison as somebody typed it. */
export type Side =
  | { readonly kind: 'file'; readonly title: string; readonly path: string }
  /** What is piped in. */
  | { readonly kind: 'stdin' }
  /** What the store knows, as the contract writes it. */
  | { readonly kind: 'stored'; readonly text: string };

interface Here {
  readonly cwd: string;
  readonly now: Instant;
}

const REMEDY =
  'write a file (scan.xml, ./old), a scan (31), now, baseline, or a target and a moment (home@yesterday, 192.168.1.0/24@2026-03-01T03:00, @1d)';

/** Reads a side. Words of ours come before files, so that a file named "now" is written ./now; every other file wins. */
export function readSide(text: string, { cwd, now }: Here): Side {
  if (text === '-') return { kind: 'stdin' };
  if (text.startsWith('file:')) return fileAt(text.slice('file:'.length), cwd);
  const ours = text === 'now' || text === 'baseline' || text.startsWith('scan:') || text === '';
  if (!ours && (existsSync(resolve(cwd, text)) || looksLikeFile(text))) return fileAt(text, cwd);
  const read = parseSide(text, now, localMoment);
  if (read.ok) return { kind: 'stored', text: formatSide(read.value) };
  throw new Fault(
    'bad-input',
    text.includes('@') ? read.reason : `reading side ${shown(text)}: it is no file, no scan and no moment`,
    REMEDY,
  );
}

/** A time as typed is meant where it is typed. */
const localMoment = (text: string, now: Instant): Result<Instant> => readMoment(text, 'moment', now);

/** A slash or ".xml" means a file, except in a block of addresses before a moment ("10.0.0.0/24@1d"). */
const looksLikeFile = (text: string): boolean => /\/|\.xml$/i.test(text) && !/^[\da-f.:]+\/\d+@/i.test(text);

function fileAt(title: string, cwd: string): Side {
  if (title === '') throw new Fault('bad-input', 'reading side "file:": it names no file', 'write file:PATH');
  return { kind: 'file', title, path: resolve(cwd, title) };
}

const shown = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
