import { type ComparisonItem, Fault } from '../../core/index.ts';

/** The items, each of which `hear` is told before it goes on. A comparison that ends without its sum has failed, and found nothing equal. */
export async function* heard(
  items: AsyncIterable<ComparisonItem> | Iterable<ComparisonItem>,
  hear: (item: ComparisonItem) => void,
): AsyncGenerator<ComparisonItem, void, void> {
  let whole = false;
  for await (const item of items) {
    hear(item);
    yield item;
    whole = item.kind === 'sum';
  }
  if (!whole) throw new Fault('unavailable', 'comparing: the comparison broke off before its end', 'try again');
}

/** Only the sides and the sum. */
export async function* withoutDevices(items: AsyncIterable<ComparisonItem>): AsyncGenerator<ComparisonItem, void, void> {
  for await (const item of items) if (item.kind !== 'device') yield item;
}
