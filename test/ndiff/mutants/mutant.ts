import { Draw } from '../draw.ts';
import { TWISTS, WOUNDS } from './mutations.ts';
import { type Original, originals, sound } from './originals.ts';

/** A document to which something happened; the same seed and number make the same one. */
export interface Mutant {
  readonly seed: number;
  readonly number: number;
  readonly original: Original;
  /** What happened to it, in order. */
  readonly story: readonly string[];
  readonly bytes: Buffer;
  /** The same bytes, in pieces. */
  readonly chunks: readonly Buffer[];
}

const GENTLE = Object.entries(TWISTS);
const ROUGH = Object.entries(WOUNDS);

export function mutantOf(seed: number, number: number): Mutant {
  const draw = new Draw(Math.imul(seed + 1, 0x27d4eb2f) ^ number);
  const original = draw.pick(draw.happens(0.9) ? sound : originals);
  let text = original.bytes.toString('latin1');
  const story: string[] = [];
  const wounds = draw.happens(0.7) ? 0 : 1 + draw.below(2);
  const twists = wounds === 0 ? 1 + draw.below(3) : draw.below(3);
  for (let i = 0; i < twists + wounds; i++) {
    const [name, mutate] = draw.pick(i < twists ? GENTLE : ROUGH);
    text = mutate(text, draw, draw.pick(originals).bytes.toString('latin1'));
    story.push(name);
  }
  const bytes = Buffer.from(text, 'latin1');
  return { seed, number, original, story, bytes, chunks: chunksOf(bytes, draw) };
}

/** Whole, byte by byte for a while, or in pieces of any size. */
function chunksOf(bytes: Buffer, draw: Draw): Buffer[] {
  const most = draw.pick([bytes.length, 4096, 300, 20, 1]);
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + draw.below(most);
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}
