/** Where a node lies. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

const ALONG: Readonly<Record<Direction, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export const isDirection = (key: string): key is Direction => key in ALONG;

/** The node one comes to from here with an arrow key: near, and more along than aside; undefined: there is none that way. */
export function nextOf(places: ReadonlyMap<string, Place>, from: string, direction: Direction): string | undefined {
  const here = places.get(from);
  if (!here) return undefined;
  const [dx, dy] = ALONG[direction];
  let best: { readonly id: string; readonly cost: number } | undefined;
  for (const [id, { x, y }] of places) {
    const along = (x - here.x) * dx + (y - here.y) * dy;
    const aside = Math.abs((x - here.x) * dy + (y - here.y) * dx);
    if (id === from || along <= 0 || aside > along) continue;
    const cost = along + 2 * aside;
    if (!best || cost < best.cost) best = { id, cost };
  }
  return best?.id;
}
