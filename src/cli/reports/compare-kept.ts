import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ScanJson } from '../../contract/index.ts';
import { type ComparisonItem, Fault, type Instant } from '../../core/index.ts';
import { compareViews, type IgnoreRules } from '../../diff/index.ts';
import type { Sum } from '../diff/sum-text.ts';
import { openFileView } from '../views/file-view.ts';
import { asScanSaw } from './as-scan-saw.ts';

export interface KeptPair {
  readonly before: { readonly path: string; readonly title: string };
  readonly after: { readonly path: string; readonly title: string; readonly scan: ScanJson };
  readonly rules: IgnoreRules;
  readonly now: Instant;
}

export interface KeptComparison {
  /** Begins anew each time. */
  items(): Iterable<ComparisonItem>;
  readonly sum: Sum;
  close(): void;
}

/** The earlier scan can be read no more. */
export class Damaged extends Fault {}

/** Compares two kept scans as `rollcall diff` compares files. Throws Damaged for an earlier one that is none any more. */
export async function compareKept({ before, after, rules, now }: KeptPair): Promise<KeptComparison> {
  const a = await openFileView(before.path, { title: before.title, now }).catch((thrown: unknown) => {
    if (!(thrown instanceof Fault)) throw thrown;
    throw new Damaged(thrown.code, thrown.message, `remove ${before.path}; the next report compares with the one before, or is the first`);
  });
  try {
    const b = await openFileView(after.path, { title: after.title, now });
    const seen = asScanSaw(b, after.scan);
    const items = (): Iterable<ComparisonItem> => compareViews(a, seen, rules);
    const close = (): void => {
      a.close();
      b.close();
    };
    try {
      return { items, sum: await sumOf(items()), close };
    } catch (fault) {
      b.close();
      throw fault;
    }
  } catch (fault) {
    a.close();
    throw fault;
  }
}

const STRETCH = 64;

async function sumOf(items: Iterable<ComparisonItem>): Promise<Sum> {
  let sum: Sum | null = null;
  let told = 0;
  for (const item of items) {
    if (item.kind === 'sum') sum = item;
    if (++told % STRETCH === 0) await nextTurn();
  }
  if (sum === null) throw new Error('a comparison ended without its sum');
  return sum;
}
