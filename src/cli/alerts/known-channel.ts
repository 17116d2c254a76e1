import type { RollcallClient } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';

/** Fault not-found for a channel that neither is there nor has rows in the outbox: nothing may not look like nothing dead. */
export async function refuseUnknownChannel(client: RollcallClient, channel: string | undefined): Promise<void> {
  if (channel === undefined) return;
  const known = await client.channels.list();
  if (known.some(({ name }) => name === channel)) return;
  const rows = await client.notifications.list({ channel, limit: 1 });
  if (rows.length > 0) return;
  throw new Fault(
    'not-found',
    `finding channel ${JSON.stringify(channel.slice(0, 60))}: there is none`,
    'list them with "rollcall channel"',
  );
}
