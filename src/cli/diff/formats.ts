import type { ComparisonItem } from '../../core/index.ts';

type Document = (items: AsyncIterable<ComparisonItem>) => AsyncIterable<string>;

/** Formats that a comparison becomes one text in; each is loaded when it is used. */
export const DOCUMENTS = {
  json: async () => (await import('./printers/json.ts')).jsonPieces,
  html: async () => (await import('./printers/html.ts')).htmlPieces,
  markdown: async () => (await import('./printers/markdown.ts')).markdownPieces,
  ndiff: async () => {
    const { ndiffPieces } = await import('./printers/ndiff.ts');
    return (items) => ndiffPieces(items, { xml: false });
  },
  'ndiff-xml': async () => {
    const { ndiffPieces } = await import('./printers/ndiff.ts');
    return (items) => ndiffPieces(items, { xml: true });
  },
} as const satisfies Record<string, () => Promise<Document>>;

export type Format = 'text' | keyof typeof DOCUMENTS;

export const FORMATS: readonly Format[] = ['text', 'json', 'html', 'markdown', 'ndiff', 'ndiff-xml'];

/** Whether it is one of the formats of Ndiff, whose own engine compares two files. */
export const isNdiff = (format: Format): boolean => format === 'ndiff' || format === 'ndiff-xml';
