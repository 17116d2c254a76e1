import type { RollcallClient, ScanResultJson } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import type { Call } from '../command.ts';
import { faultsOf } from '../faults.ts';
import { type FollowedScan, followScan, type ScanOrder } from '../follow-scan.ts';
import { sawSomething } from './saw-something.ts';

export interface Taken {
  readonly result: ScanResultJson;
  /** nmap's XML as one document; null when the scan saw nothing. */
  readonly xml: Blob | null;
}

/** Scans, and brings the result home with nmap's own XML. null when somebody pressed Ctrl-C: then nothing is reported. */
export function takeScan(order: ScanOrder['order'], call: Call): Promise<Taken | null> {
  return call.withClient(async (client) => {
    const { result, interrupted }: FollowedScan = await followScan({ client, call, order });
    if (result === null || interrupted) return null;
    const { scan } = result;
    return { result, xml: sawSomething(scan) ? await outputOf(client, scan.id) : null };
  });
}

/** Output is not kept where it is more than a store should hold. */
async function outputOf(client: RollcallClient, id: number): Promise<Blob> {
  try {
    return await client.scans.export({ id, as: 'xml' });
  } catch (thrown) {
    const [fault] = faultsOf(thrown) ?? [];
    if (fault?.code !== 'not-found') throw thrown;
    throw new Fault(
      'unavailable',
      `taking home scan ${id}: its output is not kept (${fault.message})`,
      'make several lists of it, with a folder each',
    );
  }
}
