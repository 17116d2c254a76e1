import { CHANGE_KINDS, type ChangeKind, Fault, nearest } from '../core/index.ts';

/** Kinds of changes as typed: one by its name, several as "port.*", all as "*". Each once, in our order. Fault bad-input. */
export function readKinds(patterns: readonly string[]): readonly ChangeKind[] {
  const meant = new Set(patterns.flatMap(kindsOf));
  return CHANGE_KINDS.filter((kind) => meant.has(kind));
}

function kindsOf(pattern: string): readonly ChangeKind[] {
  const start = /^(?:([a-z-]+)\.)?\*$/.exec(pattern);
  const found = CHANGE_KINDS.filter((kind) => (start ? kind.startsWith(start[1] === undefined ? '' : `${start[1]}.`) : kind === pattern));
  if (found.length > 0) return found;
  const guess = nearest(pattern, CHANGE_KINDS);
  throw new Fault(
    'bad-input',
    `reading kinds of changes: there is no ${JSON.stringify(pattern.slice(0, 80))}`,
    guess ? `did you mean ${guess}?` : `write one of ${CHANGE_KINDS.join(', ')}, or several as "port.*"`,
  );
}
