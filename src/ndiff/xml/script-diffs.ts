import type { ScriptDiff } from '../differences.ts';
import { onlyA, onlyB } from './element.ts';
import { joined, scriptElement } from './parts.ts';

/** Scripts side by side; equal ones stand for themselves. */
export const scriptDiffs = (diffs: readonly ScriptDiff[]): string => joined(diffs, scriptDiff);

function scriptDiff({ a, b }: ScriptDiff): string {
  if (a !== null && b !== null && a.output === b.output) return scriptElement(a);
  return (a === null ? '' : onlyA(scriptElement(a))) + (b === null ? '' : onlyB(scriptElement(b)));
}
