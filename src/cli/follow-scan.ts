import type { FollowItem, RollcallClient, ScanResultJson } from '../contract/index.ts';
import { Fault } from '../core/index.ts';
import { type Call, EXIT } from './command.ts';
import { counted, exitOfScan, printScanResult } from './printers/scan-text.ts';
import type { Output } from './terminal/output.ts';
import { type Progress, progressOn } from './terminal/progress.ts';
import { visible } from './terminal/visible.ts';

export interface ScanOrder {
  readonly client: RollcallClient;
  readonly call: Call;
  readonly order: Parameters<RollcallClient['scans']['start']>[0];
}

/** A scan to be begun in whatever way. */
export interface Undertaking extends Omit<ScanOrder, 'order'> {
  /** What is looked at, for the progress bar. */
  readonly subject: string;
  begin(options: { readonly signal: AbortSignal }): Promise<{ readonly scan: { readonly id: number } }>;
}

export interface FollowedScan {
  /** null only when the user left without waiting for it. */
  readonly result: ScanResultJson | null;
  readonly interrupted: boolean;
}

/** Begins a scan of targets and follows it. */
export function followScan({ client, call, order }: ScanOrder): Promise<FollowedScan> {
  return followBegun({ client, call, subject: order.targets.join(' '), begin: (options) => client.scans.start(order, options) });
}

/** Begins a scan, shows how it goes on, and waits for its result. Ctrl-C cancels the scan; a second one leaves. */
export async function followBegun({ client, call, subject, begin }: Undertaking): Promise<FollowedScan> {
  const progress = progressOn(call.world.stderr, visible(`scanning ${subject}`), call.out.options);
  const leave = new AbortController();
  let presses = 0;
  let cancel = (): void => {};
  const release = call.world.onInterrupt(() => {
    presses++;
    if (presses > 1) leave.abort();
    else cancel();
  });
  try {
    const { scan } = await begin({ signal: leave.signal });
    // A scan that has just ended by itself cannot be cancelled any more, which is just as well.
    cancel = () => void client.scans.cancel({ id: scan.id }).catch(() => {});
    if (presses > 0) cancel();
    const result = await resultOf(await client.scans.follow({ id: scan.id }, { signal: leave.signal }), progress);
    return { result, interrupted: presses > 0 };
  } catch (fault) {
    if (leave.signal.aborted) return { result: null, interrupted: true };
    throw fault;
  } finally {
    release();
    progress.end();
  }
}

/** Prints what was found, if anybody waited for it, and gives the exit code. */
export function tellFollowed(out: Output, { result, interrupted }: FollowedScan): number {
  if (result) printScanResult(out, result);
  if (interrupted) return EXIT.interrupted;
  return result ? exitOfScan(result.scan) : EXIT.failed;
}

/** A stream that ends without a result is a failure, never a scan that saw nothing. */
async function resultOf(items: AsyncIterable<FollowItem>, progress: Progress): Promise<ScanResultJson> {
  for await (const item of items) {
    if (item.kind === 'result') return item.result;
    if (item.kind === 'progress')
      progress.step({ done: item.done, secondsLeft: item.secondsLeft, found: `${counted(item.hosts, 'host')} found` });
  }
  throw new Fault('unavailable', 'following the scan: it ended without a result', 'see how it went with "rollcall scans"');
}
