import {
  type ComparisonItem,
  type Instant,
  orFault,
  parseSide,
  type Side,
  sideWithin,
  type View,
  type ViewItem,
  viewItems,
} from '../../core/index.ts';
import { compareInSteps, parseIgnore } from '../../diff/index.ts';
import type { ApiContext } from '../context.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';
import { paced } from '../paced.ts';

export const diffHandlers = () => ({
  compare: operations.diff.compare.handler(({ context, input, signal }) => compared(context, input, signal)),
  view: operations.diff.view.handler(({ context, input, signal }) => viewed(context, input.side, signal)),
});

interface Comparison {
  readonly a: string;
  readonly b: string;
  readonly target?: string | undefined;
  readonly ignore?: string | readonly string[] | undefined;
  readonly most?: number | undefined;
}

type Stop = AbortSignal | undefined;
type Items<Item> = AsyncGenerator<Item, void, void>;

/** Both sides are there before the first item goes out, so that whatever cannot be viewed is refused as a whole. */
async function compared(context: ApiContext, { a, b, target, ignore = [], most }: Comparison, stop: Stop): Promise<Items<ComparisonItem>> {
  const rules = orFault(parseIgnore([ignore].flat()));
  const now = nowOf(context);
  const [left, right] = [a, b].map((text) => sideWithin(readSide(text, now), target ?? null)) as [Side, Side];
  const before = await context.keeper.view(left);
  try {
    const after = await context.keeper.view(right);
    return told([before, after], firstOf(compareInSteps(before, after, rules), most), stop);
  } catch (failure) {
    before.close();
    throw failure;
  }
}

async function viewed(context: ApiContext, side: string, stop: Stop): Promise<Items<ViewItem>> {
  const view = await context.keeper.view(readSide(side, nowOf(context)));
  return told([view], viewItems(view), stop);
}

/** Without the devices beyond so many; the sum counts them all the same. */
function* firstOf(items: Iterable<ComparisonItem | null>, most = Number.POSITIVE_INFINITY): Generator<ComparisonItem | null, void, void> {
  let devices = 0;
  for (const item of items) yield item?.kind === 'device' && devices++ >= most ? null : item;
}

const readSide = (text: string, now: Instant): Side => orFault(parseSide(text, now));

async function* told<Item>(views: readonly View[], items: Iterable<Item | null>, stop: Stop): Items<Item> {
  try {
    yield* paced(items, stop);
  } finally {
    for (const view of views) view.close();
  }
}
