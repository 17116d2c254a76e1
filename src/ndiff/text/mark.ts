/** What stands in front of a line: only in a, only in b, in both. */
export type Mark = '-' | '+' | ' ';

/** By which side has it. */
export function sideMark(inA: boolean, inB: boolean): Mark {
  if (!inB) return '-';
  return inA ? ' ' : '+';
}
