import { type JsonObject, untrusted } from '../../core/index.ts';
import type { Topics } from './topics.ts';

/** A kept message: what stands at a topic. */
export interface Page {
  readonly topic: string;
  readonly payload: string;
}

/** What all pages are written with. */
export interface Ground {
  readonly topics: Topics;
  readonly site: string;
  readonly version: string;
}

/** Longest text of a page, and most items of a list. No page is longer than a few thousand letters, whatever it is about. */
export const TEXT = 120;
export const MOST = 12;

export const json = (value: JsonObject): string => JSON.stringify(value);

/** Foreign or said by people: cleaned and short. */
export const short = (text: string): string => untrusted(text, TEXT);
export const shortOrNull = (text: string | null): string | null => (text === null ? null : short(text));
export const few = (texts: readonly string[]): readonly string[] => texts.slice(0, MOST).map(short);
export const iso = (at: number): string => new Date(at).toISOString();
