import { client } from '../asked/client.ts';

/** Takes back what an operation did last, as far as whoever looks may. */
export async function undoLast(operation: string): Promise<void> {
  const last = (await client.undo.list()).find((one) => one.operation === operation);
  if (!last) throw new Error('taking it back: that is not possible any more');
  await client.undo.do({ of: last.ref });
}
