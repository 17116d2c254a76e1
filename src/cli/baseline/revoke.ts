import { Fault } from '../../core/index.ts';
import { type Call, EXIT } from '../command.ts';
import { counted } from '../printers/scan-text.ts';
import { userOf } from '../who-and-when.ts';
import { optionsOf } from './options.ts';
import { approvalText, subjectText } from './texts.ts';

/** Takes approvals back: by number, or of devices. */
export async function revoke(call: Call, devices: readonly string[]): Promise<number> {
  const { out, world, withClient } = call;
  const { service, id } = optionsOf(call, 'revoke', ['service', 'id']);
  if ((devices.length === 0) === (id === undefined))
    throw new Fault('bad-input', 'reading the command line: baseline revoke of what is not clear', 'name devices, or give --id');
  const by = userOf(world);
  const meant = id ? { ids: id.map(numberOf) } : { devices: [...devices], ...(service && { services: [...service] }) };
  const ended = await withClient((client) => client.approvals.revoke({ ...meant, ...(by !== undefined && { by }) }));
  if (out.options.json) out.json(ended);
  else {
    for (const approval of ended) out.line(`revoked ${approval.id}: ${subjectText(approval)} ${approvalText(approval)}`);
    out.note(counted(ended.length, 'approval'));
  }
  return EXIT.fine;
}

function numberOf(text: string): number {
  if (/^#?[1-9]\d{0,14}$/.test(text)) return Number(text.replace('#', ''));
  throw new Fault(
    'bad-input',
    `reading --id ${JSON.stringify(text.slice(0, 40))}: it is no number`,
    'write one that "rollcall baseline list" shows',
  );
}
