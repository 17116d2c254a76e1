/** Chance by seed and place: the same question always has the same answer, so that all policies live through one trace. */
export function chanceOf(...path: readonly number[]): number {
  let hash = 0;
  for (const step of path) hash = mixed(mixed(hash + 0x9e3779b9) ^ mixed(Math.imul(step + 1, 0x61c88647)));
  return (hash >>> 0) / 2 ** 32;
}

/** Every bit of a number touches every bit of the result (the finish of MurmurHash3). */
function mixed(number: number): number {
  let bits = number | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** A number between two bounds, by chance. */
export const between = (least: number, most: number, ...path: readonly number[]): number => least + (most - least) * chanceOf(...path);
