import { type ChangeKind, Fault, inKindOrder, orFault, type Result, readKindPattern, type WrittenReading } from '../core/index.ts';

/** What somebody wrote, made sense of. Fault bad-input for the first thing that is wrong with it. */
export function writtenOrFault<T>(reading: WrittenReading<T>): T {
  if (reading.ok) return reading.draft;
  const [{ path, reason, remedy }, ...others] = reading.faults;
  const more = others.length === 0 ? '' : ` (and ${others.length} more that cannot be read)`;
  throw new Fault('bad-input', `reading ${path.join('.')}: ${reason}${more}`, remedy);
}

/** Kinds of changes as typed: one by its name, several as "port.*", all as "*". Each once, in our order. Fault bad-input. */
export const readKinds = (patterns: readonly string[]): readonly ChangeKind[] =>
  inKindOrder(patterns.flatMap((pattern) => orFault(asked(readKindPattern(pattern)))));

const asked = <T>(read: Result<T>): Result<T> => (read.ok ? read : { ...read, reason: `reading kinds: ${read.reason}` });
