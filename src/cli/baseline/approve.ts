import type { ApprovedJson } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import { type Call, EXIT } from '../command.ts';
import { wholeFilter } from '../filter-words.ts';
import { counted } from '../printers/scan-text.ts';
import type { Output } from '../terminal/output.ts';
import { untilOf, wordOf } from '../who-and-when.ts';
import { approvedText, printApprovedNotes } from './make.ts';
import { type BaselineOptions, optionsOf } from './options.ts';

const servicesText = ({ devices, services }: ApprovedJson): string => `${counted(services, 'service')} of ${counted(devices, 'device')}`;

/** Approves devices named, or those that fit a filter. */
export async function approve(call: Call, devices: readonly string[]): Promise<number> {
  const { out, withClient } = call;
  const options = optionsOf(call, 'approve', ['filter', 'service', 'version', 'until', 'why', 'dryRun']);
  const order = orderOf(call, devices, options);
  const approved = await withClient((client) => client.approvals.approve(order));
  if (out.options.json) out.json(approved);
  else printApproved(out, approved, options);
  return EXIT.fine;
}

function orderOf({ world }: Call, devices: readonly string[], options: BaselineOptions) {
  const { filter, service, version, until, why, dryRun = false } = options;
  if ((devices.length === 0) === (filter === undefined))
    throw new Fault('bad-input', 'reading the command line: baseline approve of whom is not clear', 'name devices, or give --filter');
  return {
    ...(filter === undefined ? { devices: [...devices] } : { filter: wholeFilter(filter, '--filter') }),
    ...(service && { services: [...service] }),
    ...(version !== undefined && { version }),
    ...(until !== undefined && untilOf(until, world.now())),
    ...wordOf(world, why),
    dryRun,
  };
}

function printApproved(out: Output, approved: ApprovedJson, { service, dryRun }: BaselineOptions): void {
  const what = service ? servicesText(approved) : approvedText(approved);
  out.line(approved.devices === 0 ? 'no device fits' : `${dryRun ? 'would approve' : 'approved'} ${what}`);
  printApprovedNotes(out, approved);
}
