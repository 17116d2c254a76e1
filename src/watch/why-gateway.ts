import type { Change } from '../core/index.ts';
import type { WhyStep } from './why-asked.ts';
import type { Made } from './why-evidence.ts';
import { linesAbout } from './why-lines.ts';
import { step, textsIn } from './why-steps.ts';
import type { Wired } from './wire.ts';

/** Most addresses and hardware addresses whose lines are looked for. */
const MOST_NAMES = 16;

/** Why another one is said to answer for a gateway, or two at one address: what the tool wrote of the hardware addresses, and the rule. */
export async function gatewaySteps({ outside }: Wired, { change, scan }: Made): Promise<readonly WhyStep[]> {
  const raw = await outside.store.rawOf(scan.id);
  const names = namesIn(change);
  const lines = raw && names.length > 0 ? await linesAbout(raw, names) : undefined;
  const told =
    lines && lines.length > 0
      ? step('lines', `what the tool of scan ${scan.id} wrote of ${names.slice(0, 4).join(', ')}`, { lines })
      : step('lost', `what the tool of scan ${scan.id} wrote of ${names.slice(0, 4).join(', ')} is not kept`);
  return [told, step('rule', change.kind === 'gateway.changed' ? GATEWAY : CONFLICT)];
}

function namesIn({ before, after }: Change): readonly string[] {
  const all = [after?.['mac'], before?.['mac'], after?.['macs'], after?.['address'], after?.['addresses']];
  return [...new Set(all.flatMap(textsIn))].slice(0, MOST_NAMES);
}

const GATEWAY =
  'a gateway is told of when another hardware address answers for it than before, and once more when only the former one does again; back and forth within an hour is one story';
const CONFLICT =
  'two hardware addresses of different devices that answer at one address in one look, or in turn within minutes, are in conflict; one that answers for many answers for others';
