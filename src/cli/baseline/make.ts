import type { ApprovedJson, MadeBaselineJson } from '../../contract/index.ts';
import { type Call, EXIT } from '../command.ts';
import { counted } from '../printers/scan-text.ts';
import { wrongWords } from '../sub-words.ts';
import { localTime } from '../terminal/moment.ts';
import type { Output } from '../terminal/output.ts';
import { userOf } from '../who-and-when.ts';
import { optionsOf } from './options.ts';

/** Keeps this moment, and approves what is there. */
export async function make(call: Call, words: readonly string[]): Promise<number> {
  const { out, world, withClient } = call;
  const { note } = optionsOf(call, 'make', ['note']);
  const [target, ...others] = words;
  if (others.length > 0) throw wrongWords('baseline make', words, 'make [TARGET]');
  const by = userOf(world);
  const order = { ...(target !== undefined && { target }), ...(note !== undefined && { note }), ...(by !== undefined && { by }) };
  const made = await withClient((client) => client.baselines.make(order));
  if (out.options.json) out.json(made);
  else printMade(out, made);
  return EXIT.fine;
}

function printMade(out: Output, made: MadeBaselineJson): void {
  out.line(`baseline ${made.id} of ${made.target ?? `everything in ${made.site}`}: how it is at ${localTime(Date.parse(made.at))}`);
  out.line(`approved ${approvedText(made.approved)}${made.by === null ? '' : `, by ${made.by}`}`);
  printApprovedNotes(out, made.approved);
}

/** "3 devices and 12 services" */
export const approvedText = ({ devices, services }: ApprovedJson): string =>
  `${counted(devices, 'device')} and ${counted(services, 'service')}`;

/** What a person should know beside it. */
export function printApprovedNotes(out: Output, { portOnly, already, replaced, away, leftOut }: ApprovedJson): void {
  if (already > 0) out.note(`  ${already} of it approved before`);
  if (replaced > 0) out.note(`  ${counted(replaced, 'older approval')} replaced`);
  if (portOnly > 0)
    out.note(
      `  ${counted(portOnly, 'service')} whatever serves there: nobody knows its version; look with "rollcall scan --plan services"`,
    );
  if (away > 0)
    out.note(`  ${counted(away, 'device')} left out: away; approve them with "rollcall baseline approve --filter presence:away"`);
  for (const { device, name, port, reason } of leftOut) out.note(`  left out ${port} of ${name ?? `#${device}`}: ${reason}`);
}
