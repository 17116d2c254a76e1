import type { en } from './en/index.ts';

export type Texts = typeof en;

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

export const NAMES_OF_LANGUAGES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };
