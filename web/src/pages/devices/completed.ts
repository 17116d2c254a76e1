import type { CompletionJson } from '../../../../src/contract/index.ts';

type Choice = CompletionJson['choices'][number];

/** A filter after a choice was taken, and where the cursor stands then. A value ends its word, a key waits for its value. */
export function completed(
  text: string,
  { from, to }: Pick<CompletionJson, 'from' | 'to'>,
  { insert, count }: Choice,
): { readonly text: string; readonly cursor: number } {
  const rest = text.slice(to);
  const gap = count === null || /^[\s,]/u.test(rest) ? '' : ' ';
  return { text: `${text.slice(0, from)}${insert}${gap}${rest}`, cursor: from + insert.length + gap.length };
}
