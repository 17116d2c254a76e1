import type { ChangeJson } from '../../../../../src/contract/index.ts';
import { CHANGE_FAMILIES, type ChangeFamily } from '../../../../../src/core/index.ts';

/** How far back one may want to look, in ms; all is as far as is remembered. */
export const SPANS = { '1h': 3_600_000, '24h': 86_400_000, '7d': 7 * 86_400_000, '30d': 30 * 86_400_000 } as const;

export type SpanName = keyof typeof SPANS;

/** Which changes are asked for. */
export interface Asked {
  /** None: all. */
  readonly families: readonly ChangeFamily[];
  /** Words of the filter; empty: every device. */
  readonly filter: string;
  readonly span: SpanName | null;
}

/** What an address asks for; what it does not know it leaves out. */
export function askedOf(search: URLSearchParams): Asked {
  const named = (search.get('family') ?? '').split(',');
  const span = search.get('span');
  return {
    families: CHANGE_FAMILIES.filter((family) => named.includes(family)),
    filter: search.get('filter')?.trim() ?? '',
    span: span !== null && Object.hasOwn(SPANS, span) ? (span as SpanName) : null,
  };
}

/** As the contract wants it. */
export const questionOf = ({ families, filter }: Asked) => ({
  ...(families.length > 0 && { family: [...families] }),
  ...(filter !== '' && { filter }),
});

export interface Page {
  /** Newest first. */
  readonly changes: readonly ChangeJson[];
  /** Older ones are numbered below this; undefined: there are none. */
  readonly before: number | undefined;
}

/** A page of an answer that is in order. `oldest` (epoch ms): nothing before is wanted. */
export function pageOf(answer: readonly ChangeJson[], { size, oldest }: { readonly size: number; readonly oldest: number }): Page {
  const wanted = answer.filter(({ at }) => Date.parse(at) >= oldest);
  const isLast = answer.length < size || wanted.length < answer.length;
  return { changes: wanted.toReversed(), before: isLast ? undefined : answer[0]?.seq };
}
