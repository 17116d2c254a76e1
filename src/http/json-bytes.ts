import { breathe, SLICE } from '../api/index.ts';

/** How long to write without giving others a turn, in milliseconds. */
const STRETCH = 4;
/** Lists are looked for this deep; everything below is written in one go. */
const DEEPEST = 3;

const kept = new WeakMap<object, Promise<Uint8Array>>();

/** A value as JSON in UTF-8. Long lists are written in slices, and what is asked for again is written once. */
export function jsonBytes(value: unknown): Promise<Uint8Array> {
  if (typeof value !== 'object' || value === null) return Promise.resolve(Buffer.from(JSON.stringify(value) ?? ''));
  const bytes = kept.get(value) ?? writeBytes(value);
  kept.set(value, bytes);
  return bytes;
}

/** Whether writing it at once could hold up others. */
export function isLong(value: unknown, depth = 0): boolean {
  if (Array.isArray(value)) return value.length > SLICE;
  if (typeof value !== 'object' || value === null || depth >= DEEPEST) return false;
  return Object.values(value).some((part) => isLong(part, depth + 1));
}

async function writeBytes(value: object): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let since = performance.now();
  for (const piece of pieces(value, 0)) {
    parts.push(Buffer.from(piece));
    if (performance.now() - since < STRETCH) continue;
    await breathe();
    since = performance.now();
  }
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
}

function* pieces(value: unknown, depth: number): Generator<string, void, void> {
  if (!isLong(value, depth)) yield JSON.stringify(value) ?? 'null';
  else if (Array.isArray(value)) yield* listPieces(value);
  else yield* objectPieces(value as object, depth);
}

function* listPieces(list: readonly unknown[]): Generator<string, void, void> {
  for (let start = 0; start < list.length; start += SLICE) {
    const slice = JSON.stringify(list.slice(start, start + SLICE));
    yield `${start === 0 ? '[' : ','}${slice.slice(1, -1)}`;
  }
  yield ']';
}

function* objectPieces(object: object, depth: number): Generator<string, void, void> {
  const entries = Object.entries(object).filter(([, part]) => part !== undefined);
  for (const [i, [key, part]] of entries.entries()) {
    yield `${i === 0 ? '{' : ','}${JSON.stringify(key)}:`;
    yield* pieces(part, depth + 1);
  }
  yield '}';
}
