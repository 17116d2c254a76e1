/** SHA-256 (FIPS 180-4) of bytes, in hexadecimal digits. For fingerprints of what was read; keys and secrets are no business of it. */
export function sha256(bytes: Uint8Array): string {
  const state = INITIAL.slice();
  const padded = padding(bytes);
  const schedule = new Uint32Array(64);
  for (let at = 0; at < padded.byteLength; at += 64) absorb(state, schedule, { view: padded, at });
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** The first 16 digits of the SHA-256 of a text: short, and nobody finds two texts with one by chance. */
export const shortHash = (text: string): string => sha256(utf8(text)).slice(0, 16);

/** First 32 bits of the fractional parts of the square (or cube) roots of the first primes. */
const INITIAL = Uint32Array.from(primes(8), (prime) => fraction(prime, 2n));
const ROUNDS = Uint32Array.from(primes(64), (prime) => fraction(prime, 3n));

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** Exact: a root of whole numbers, 32 bits past the point. */
function fraction(prime: number, degree: bigint): number {
  const scaled = BigInt(prime) << (32n * degree);
  let [low, high] = [0n, 1n << 40n];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= scaled) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn);
}

function padding(bytes: Uint8Array): DataView {
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  return view;
}

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function absorb(state: Uint32Array, w: Uint32Array, { view, at }: { readonly view: DataView; readonly at: number }): void {
  for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + i * 4);
  for (let i = 16; i < 64; i++) {
    const [near, far] = [w[i - 2] as number, w[i - 15] as number];
    const s0 = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3);
    const s1 = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10);
    w[i] = (w[i - 16] as number) + s0 + (w[i - 7] as number) + s1;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const chosen = (e & f) ^ (~e & g);
    const first = (h + s1 + chosen + (ROUNDS[i] as number) + (w[i] as number)) | 0;
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] as number) + word;
}

/** Bytes of a text in UTF-8; half a surrogate pair counts as U+FFFD. */
function utf8(text: string): Uint8Array {
  const escaped = encodeURIComponent(text.toWellFormed());
  const bytes: number[] = [];
  for (let i = 0; i < escaped.length; i++) {
    if (escaped[i] !== '%') bytes.push(escaped.charCodeAt(i));
    else {
      bytes.push(Number.parseInt(escaped.slice(i + 1, i + 3), 16));
      i += 2;
    }
  }
  return Uint8Array.from(bytes);
}
