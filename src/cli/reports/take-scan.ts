import type { ScanResultJson } from '../../contract/index.ts';
import type { Call } from '../command.ts';
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
    return { result, xml: sawSomething(scan) ? await client.scans.export({ id: scan.id, as: 'xml' }) : null };
  });
}
