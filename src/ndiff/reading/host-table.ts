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
  #offsets = new Float64Array(128);
  #lengths = new Float64Array(128);
  #digests = new Uint8Array(128 * DIGEST_BYTES);

  add(id: string | null, place: { readonly offset: number; readonly length: number }, digest: Uint8Array): void {
    const row = this.#ids.length;
    if (row === this.#offsets.length) this.#grow();
    this.#offsets[row] = place.offset;
    this.#lengths[row] = place.length;
    for (let i = 0; i < DIGEST_BYTES; i++) this.#digests[row * DIGEST_BYTES + i] = digest[i] as number;
    this.#ids.push(id);
  }

  #grow(): void {
    const twice = (list: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
      const larger = new Float64Array(list.length * 2);
      larger.set(list);
      return larger;
    };
    const digests = new Uint8Array(this.#digests.length * 2);
    digests.set(this.#digests);
    [this.#offsets, this.#lengths, this.#digests] = [twice(this.#offsets), twice(this.#lengths), digests];
  }

  finish(): HostTable {
    const rows = this.#ids.length;
    return {
      ids: this.#ids,
      offsets: this.#offsets.slice(0, rows),
      lengths: this.#lengths.slice(0, rows),
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
