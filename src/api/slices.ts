import { setImmediate } from 'node:timers/promises';

/** How many rows are worked on before others get a turn: about a millisecond's worth. */
export const SLICE = 250;

/** Lets everything else that waits run first. */
export const breathe = (): Promise<void> => setImmediate();

/** Array.map that gives way between slices, so that 10,000 rows never hold up the rest. */
export async function mapInSlices<In, Out>(rows: readonly In[], map: (row: In) => Out): Promise<Out[]> {
  if (rows.length <= SLICE) return rows.map(map);
  const mapped: Out[] = [];
  for (let start = 0; start < rows.length; start += SLICE) {
    for (const row of rows.slice(start, start + SLICE)) mapped.push(map(row));
    await breathe();
  }
  return mapped;
}
