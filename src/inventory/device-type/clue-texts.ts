import type { ClueKind, Device } from '../../core/index.ts';

/** The values of one kind of clue. */
export const clueTexts =
  (kind: ClueKind) =>
  ({ clues }: Device): readonly string[] =>
    clues.flatMap((clue) => (clue.kind === kind ? [clue.value] : []));
