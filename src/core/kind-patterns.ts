import { CHANGE_KINDS, type ChangeKind } from './change.ts';
import { bad, good, type Result } from './fault.ts';
import { show } from './reader.ts';
import { nearest } from './suggest.ts';

const FAMILIES = [...new Set(CHANGE_KINDS.map((kind) => kind.split('.')[0] as string))];
const EXAMPLE = 'write a kind like "device.appeared", or all of a family like "device.*"';

/** The kinds that "device.left", "device.*" (all of a family) or "*" (all there are) means. */
export function readKindPattern(text: string): Result<readonly ChangeKind[]> {
  const [family = '', star] = text.split('.');
  const kinds = CHANGE_KINDS.filter((kind) => text === '*' || kind === text || (star === '*' && kind.startsWith(`${family}.`)));
  if (kinds.length > 0 && (text === '*' || text === `${family}.${star}`)) return good(kinds);
  const guess = nearest(text, [...CHANGE_KINDS, ...FAMILIES.map((name) => `${name}.*`)]);
  return bad(`${show(text)} is no kind of change`, guess === undefined ? EXAMPLE : `did you mean "${guess}"?`);
}

/** Kinds, each once, in the order in which they are listed everywhere. */
export const inKindOrder = (kinds: Iterable<ChangeKind>): readonly ChangeKind[] => {
  const wanted = new Set(kinds);
  return CHANGE_KINDS.filter((kind) => wanted.has(kind));
};
