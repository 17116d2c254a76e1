import type { Millis } from '../core/index.ts';

/** What ended or changed longer ago is not gone on with after a start. */
export const RECENT: Millis = 86_400_000;

/** Incidents that changed since then say what was told: for so long the longest cooldown lasts. */
export const TOLD: Millis = 7 * RECENT;
