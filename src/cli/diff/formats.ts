import type { Document } from './document.ts';

/** Formats that a comparison becomes one text in; each is loaded when it is used. */
export const DOCUMENTS = {
  json: async (): Promise<Document> => (await import('./printers/json.ts')).jsonPieces,
  html: async (): Promise<Document> => (await import('./printers/html.ts')).htmlPieces,
  markdown: async (): Promise<Document> => (await import('./printers/markdown.ts')).markdownPieces,
  ndiff: async (): Promise<Document> => (await import('./printers/ndiff.ts')).ndiffTextPieces,
  'ndiff-xml': async (): Promise<Document> => (await import('./printers/ndiff.ts')).ndiffXmlPieces,
} as const;

export type Format = 'text' | keyof typeof DOCUMENTS;

export const FORMATS: readonly Format[] = ['text', 'json', 'html', 'markdown', 'ndiff', 'ndiff-xml'];

/** Whether it is one of the formats of Ndiff, whose own engine compares two files. */
export const isNdiff = (format: Format): boolean => format === 'ndiff' || format === 'ndiff-xml';
