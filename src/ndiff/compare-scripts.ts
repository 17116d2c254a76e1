import { compareText } from './code-points.ts';
import type { ScriptDiff } from './differences.ts';
import type { NdiffScript } from './scan.ts';

/** Scripts are paired by id alone, in the order they have: two lists that are not sorted pair as they come. */
export function compareScripts(a: readonly NdiffScript[], b: readonly NdiffScript[], verbose: boolean): ScriptDiff[] {
  const diffs: ScriptDiff[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [left, right] = [a[i] ?? null, b[j] ?? null];
    const order = compareIdsOf(left, right);
    if (order <= 0) i++;
    if (order >= 0) j++;
    if (order !== 0 || verbose || left?.output !== right?.output) diffs.push({ a: order <= 0 ? left : null, b: order >= 0 ? right : null });
  }
  return diffs;
}

function compareIdsOf(a: NdiffScript | null, b: NdiffScript | null): number {
  if (a === null || b === null) return a === null ? 1 : -1;
  return compareText(a.id, b.id);
}
