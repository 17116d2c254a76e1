import type { Place } from './walk.ts';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const MARGIN = 60;

/** What holds all places, with room for their names. */
export function boundsOf(places: ReadonlyMap<string, Place>): Bounds {
  if (places.size === 0) return { x: -MARGIN, y: -MARGIN, width: 2 * MARGIN, height: 2 * MARGIN };
  const all = [...places.values()];
  const [xs, ys] = [all.map(({ x }) => x), all.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  return { x: left, y: top, width: Math.max(...xs) + MARGIN - left, height: Math.max(...ys) + MARGIN - top };
}

/** The part of the sheet to look at, as an SVG has it: all of it, or closer, around a place. */
export function zoomed(bounds: Bounds, zoom: number, around?: Place): string {
  const [width, height] = [bounds.width / zoom, bounds.height / zoom];
  const middle = around ?? { x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 };
  const x = within(middle.x - width / 2, bounds.x, bounds.x + bounds.width - width);
  const y = within(middle.y - height / 2, bounds.y, bounds.y + bounds.height - height);
  return [x, y, width, height].map((value) => value.toFixed(1)).join(' ');
}

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
