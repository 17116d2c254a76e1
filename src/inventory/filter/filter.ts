import type { Device, DeviceId, DeviceType, Instant } from '../../core/index.ts';

/** What a filter must know beside the device. */
export interface Asked {
  readonly now: Instant;
  /** What it is: by the word of a person, else by guess. Asked only when the filter speaks of types. */
  readonly typeOf: (device: Device) => DeviceType | null;
  /** How devices stand to what was approved; needed only when the filter speaks of it ({@link APPROVAL_KEYS}). */
  readonly standing?: { readonly approved: ReadonlySet<DeviceId>; readonly drifting: ReadonlySet<DeviceId> };
}

export type Fits = (device: Device, asked: Asked) => boolean;

/** One word of a filter. */
export interface Term {
  readonly negated: boolean;
  /** null: a bare word. */
  readonly key: string | null;
  /** One of these is enough. */
  readonly values: readonly string[];
}

/** Words that all must fit. */
export interface Filter {
  readonly terms: readonly Term[];
  /** For each term, whether a device fits it; negation is in it. */
  readonly tests: readonly Fits[];
}

/** Whether a device fits every word; a filter without words fits every device. */
export const matches = (filter: Filter, device: Device, asked: Asked): boolean => filter.tests.every((fits) => fits(device, asked));
