/** Chance by seed and place: the same question always has the same answer, so that all policies live through one trace. */
export function chanceOf(...path: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const step of path) {
    hash = Math.imul(hash ^ step, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) ^ Math.imul(step + 0x7f4a7c15, 0x27d4eb2f);
    hash ^= hash >>> 16;
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

/** A number between two bounds, by chance. */
export const between = (least: number, most: number, ...path: readonly number[]): number => least + (most - least) * chanceOf(...path);
