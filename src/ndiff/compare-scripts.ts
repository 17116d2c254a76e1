import { compareText } from './code-points.ts';
import type { ScriptDiff } from './differences.ts';
import { inStep } from './in-step.ts';
import type { NdiffScript } from './scan.ts';

/** Scripts are paired by id alone, in the order they have: two lists that are not sorted pair as they come. */
export function compareScripts(a: readonly NdiffScript[], b: readonly NdiffScript[], verbose: boolean): ScriptDiff[] {
  const compare = (i: number, j: number): number => compareText((a[i] as NdiffScript).id, (b[j] as NdiffScript).id);
  return Array.from(inStep({ a: a.length, b: b.length, compare }), (step): ScriptDiff => ({ a: at(a, step.a), b: at(b, step.b) })).filter(
    (diff) => verbose || diff.a?.output !== diff.b?.output,
  );
}

const at = (scripts: readonly NdiffScript[], place: number | null): NdiffScript | null =>
  place === null ? null : (scripts[place] as NdiffScript);
