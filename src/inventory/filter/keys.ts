import type { Result } from '../../core/index.ts';
import { APPROVAL_KEYS } from './approval-keys.ts';
import type { Fits } from './filter.ts';
import { HARDWARE_KEYS } from './hardware-keys.ts';
import { LABEL_KEYS } from './label-keys.ts';
import { SERVING_KEYS } from './serving-keys.ts';
import { TIME_KEYS } from './time-keys.ts';

/** What one value of a key asks of a device, or why it asks nothing. */
export type ReadValue = (value: string) => Result<Fits>;

const TABLE = new Map<string, ReadValue>(
  Object.entries({ ...LABEL_KEYS, ...HARDWARE_KEYS, ...TIME_KEYS, ...SERVING_KEYS, ...APPROVAL_KEYS }),
);

/** Every key of the language. */
export const FILTER_KEYS: readonly string[] = [...TABLE.keys()];

export const keyOf = (name: string): ReadValue | undefined => TABLE.get(name);
