/**
 * A device as a set of facts, each of which is a span in the store: what a span says never changes while it is
 * open. Only "last seen" moves without a fact changing; it is kept beside the address fact as its sighting.
 */
export const FACT_KINDS = [
  'presence',
  'mac',
  'address',
  'name',
  'port',
  'asked',
  'os',
  'clue',
  'label',
  'rhythm',
  'merged',
  /** Who a service showed itself to be. */
  'serving',
  /** What was told of a port, so that it is not told again. */
  'told',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

export interface Fact {
  readonly kind: FactKind;
  /** Which one of its kind: the MAC, the address, "tcp/22", "tcp"; empty where there is only one. */
  readonly key: string;
  /** Its content as compact JSON text; empty when the key says all. */
  readonly value: string;
}
