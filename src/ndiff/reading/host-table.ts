/** Bytes of one fingerprint. */
export const DIGEST_BYTES = 16;

/** What the first reading keeps of every host, in the order of the document: about a hundred bytes each. */
export interface HostTable {
  /** Identity; null for a host that has neither address nor name. */
  readonly ids: readonly (string | null)[];
  /** Bytes before its start tag. */
  readonly offsets: Float64Array;
  /** Bytes from its start tag to behind its end tag. */
  readonly lengths: Float64Array;
  /** DIGEST_BYTES for each. */
  readonly digests: Uint8Array;
}

/** A table while it grows. */
export class HostRows {
  readonly #ids: (string | null)[] = [];
  #places = new Float64Array(256);
  #digests = new Uint8Array(128 * DIGEST_BYTES);

  add(id: string | null, place: { readonly offset: number; readonly length: number }, digest: Uint8Array): void {
    const row = this.#ids.length;
    if (2 * row === this.#places.length) this.#grow();
    this.#places[2 * row] = place.offset;
    this.#places[2 * row + 1] = place.length;
    this.#digests.set(digest.subarray(0, DIGEST_BYTES), row * DIGEST_BYTES);
    this.#ids.push(id);
  }

  #grow(): void {
    const [places, digests] = [new Float64Array(this.#places.length * 2), new Uint8Array(this.#digests.length * 2)];
    places.set(this.#places);
    digests.set(this.#digests);
    [this.#places, this.#digests] = [places, digests];
  }

  finish(): HostTable {
    const rows = this.#ids.length;
    const places = this.#places;
    return {
      ids: this.#ids,
      offsets: Float64Array.from({ length: rows }, (_, row) => places[2 * row] as number),
      lengths: Float64Array.from({ length: rows }, (_, row) => places[2 * row + 1] as number),
      digests: this.#digests.slice(0, rows * DIGEST_BYTES),
    };
  }
}

/** Whether two hosts have the same fingerprint: then Ndiff finds nothing between them. */
export function sameDigest(a: HostTable, rowA: number, { b, row: rowB }: { readonly b: HostTable; readonly row: number }): boolean {
  const [left, right] = [rowA * DIGEST_BYTES, rowB * DIGEST_BYTES];
  for (let i = 0; i < DIGEST_BYTES; i++) if (a.digests[left + i] !== b.digests[right + i]) return false;
  return true;
}
