import type { ChangeJson, RollcallClient } from '../contract/index.ts';
import { Fault } from '../core/index.ts';
import { type Call, EXIT } from './command.ts';
import { changeRow } from './printers/change-text.ts';
import type { Output, Piece } from './terminal/output.ts';

export interface FollowOrder {
  readonly client: RollcallClient;
  readonly call: Call;
  /** Already listed; printed first. */
  readonly seen: readonly ChangeJson[];
  readonly only: (change: ChangeJson) => boolean;
}

/** Prints changes as they are committed, none twice and none left out, until Ctrl-C or until nobody reads. */
export async function followChanges({ client, call, seen, only }: FollowOrder): Promise<number> {
  const stop = new AbortController();
  const release = call.world.onInterrupt(() => stop.abort());
  const signal = AbortSignal.any([stop.signal, call.unread]);
  for (const change of seen) printOne(call.out, change);
  try {
    const from = seen.at(-1)?.seq ?? (await client.status.get()).seq;
    await follow({ client, from, signal, print: (change) => only(change) && printOne(call.out, change) });
  } catch (fault) {
    if (!signal.aborted) throw fault;
  } finally {
    release();
  }
  return stop.signal.aborted ? EXIT.interrupted : EXIT.fine;
}

interface Following {
  readonly client: RollcallClient;
  readonly from: number;
  readonly signal: AbortSignal;
  readonly print: (change: ChangeJson) => void;
}

async function follow({ client, from, signal, print }: Following): Promise<void> {
  let last = from;
  const next = (changes: readonly ChangeJson[]): void => {
    for (const change of changes) {
      if (change.seq <= last) continue;
      last = change.seq;
      print(change);
    }
  };
  for await (const item of await client.live(undefined, { signal, lastEventId: String(from) })) {
    if (item.kind === 'commit') next(item.changes);
    // A snapshot tells nothing of what led to it, so that is asked for.
    else if (item.kind === 'snapshot') while (last < item.roll.seq) next(await missed(client, last));
  }
  if (!signal.aborted) throw new Fault('unavailable', 'following changes: the daemon has ended', 'start it with "rollcall start"');
}

async function missed(client: RollcallClient, afterSeq: number): Promise<readonly ChangeJson[]> {
  const changes = await client.changes.list({ afterSeq, limit: 10_000 });
  if (changes.length > 0) return changes;
  throw new Fault('unavailable', `following changes: none can be had after ${afterSeq}`, 'run it again');
}

function printOne(out: Output, change: ChangeJson): void {
  if (out.options.json) return out.jsonLine(change);
  const [seq = '', at = '', kind = '', device = '', what = ''] = changeRow(change);
  const apart: Piece = '  ';
  out.line(seq, apart, at, apart, kind, apart, device, apart, what);
}
