/** A whole and consistent copy of the store, to be read once. */
export interface StoreCopy {
  /** In bytes. */
  readonly size: number;
  /** Its bytes; may be asked for once. What is not read to the end goes with whoever stops. */
  read(): AsyncIterable<Uint8Array>;
  /** Nobody will read it. */
  drop(): void;
}
