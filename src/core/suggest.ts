/** The known word a mistyped one most likely meant, or undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const typed = word.slice(0, 40).toLowerCase();
  const limit = Math.max(1, Math.floor(typed.length / 3));
  let best: { text: string; distance: number } | undefined;
  for (const text of known) {
    const distance = editDistance(typed, text.toLowerCase());
    if (distance <= limit && (!best || distance < best.distance)) best = { text, distance };
  }
  return best?.text;
}

/** How many letters must be added, dropped, changed or swapped with their neighbour to turn one word into the other. */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = at(above, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row[j] = Math.min(changed, at(above, j) + 1, at(row, j - 1) + 1, swapped ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY);
    }
    before = above;
    above = row;
  }
  return at(above, to.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;
