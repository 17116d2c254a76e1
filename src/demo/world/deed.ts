import type { Instant } from '../../core/index.ts';
import type { NetKey, Served } from '../story/thing.ts';

/** Something that happens in the simulated networks. Whom it is about is named by its key in the story. */
export type Deed =
  | { readonly kind: 'comes' | 'goes'; readonly thing: string }
  /** Opens a port, or serves something else there. */
  | { readonly kind: 'serves'; readonly thing: string; readonly served: Served }
  | { readonly kind: 'stops'; readonly thing: string; readonly port: number }
  /** Takes another address, whoever else may have it. */
  | { readonly kind: 'moves'; readonly thing: string; readonly host: number }
  /** Makes up another hardware address. */
  | { readonly kind: 'masks'; readonly thing: string; readonly mac: string }
  /** The way to a network fails; all of it but its router falls silent; both are over. */
  | { readonly kind: 'cut' | 'hushed' | 'mended'; readonly net: NetKey };

/** A deed at its moment. */
export interface Moment {
  readonly at: Instant;
  readonly deed: Deed;
}
