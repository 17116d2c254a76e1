import type { CompletionJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';

/** Ids of the devices that fit a filter. Refused, with its column, when it cannot be read. */
export async function fitting(filter: string, signal: AbortSignal): Promise<ReadonlySet<number>> {
  const { ids } = await client.devices.match({ filter }, { signal });
  return new Set(ids);
}

/** How a filter may go on at the place of the cursor. */
export const completion = (text: string, cursor: number, signal: AbortSignal): Promise<CompletionJson> =>
  client.devices.complete({ text, cursor }, { signal });
