import type { Millis } from '../core/index.ts';

/** What ended or changed longer ago is not gone on with after a start. */
export const RECENT: Millis = 86_400_000;
