import { type Change, Fault } from '../core/index.ts';
import { toldSteps } from './alerts/why-told.ts';
import { textIn } from './vigil.ts';
import type { WhyChange, WhyStep } from './why-asked.ts';
import { evidenceOf, type Made } from './why-evidence.ts';
import { gatewaySteps } from './why-gateway.ts';
import { moverOf, partySteps } from './why-party.ts';
import { segmentSteps } from './why-segment.ts';
import { numberIn, scanStep, step, textsIn } from './why-steps.ts';
import { stormSteps } from './why-storm.ts';
import { vantageSteps } from './why-vantage.ts';
import type { Wired } from './wire.ts';

/** Most changes of one device and scan that are told of beside the one asked for. */
const MOST_BESIDE = 50;

/** The evidence of one change, as far as it is kept. Fault not-found for a number nobody has. */
export async function whyChange(wired: Wired, seq: number): Promise<WhyChange> {
  const { store } = wired.outside;
  const [change] = await store.changes({ afterSeq: seq - 1, limit: 1 });
  if (change?.seq !== seq)
    throw new Fault('not-found', `explaining change ${seq}: there is none of that number`, 'list them with "rollcall changes"');
  const scan = await store.scan(change.scan);
  const beside = await besideOf(wired, change);
  const steps = scan
    ? [scanStep(scan), ...(await trailOf(wired, { change, scan, beside }))]
    : [step('lost', `scan ${change.scan} that found it is not kept any more`)];
  return { change, steps: [...steps, ...judgementOf(change), ...(await toldSteps(wired, seq))], beside };
}

/** What is behind a change, by what it is about. */
async function trailOf(wired: Wired, made: Made): Promise<readonly WhyStep[]> {
  const { change, scan } = made;
  const [about] = change.kind.split('.');
  if (about === 'person' || about === 'group') return partySteps(wired, made);
  if (about === 'segment') return segmentSteps(wired, made);
  if (about === 'storm') return stormSteps(wired, made);
  if (about === 'vantage') return vantageSteps(wired, made);
  if (change.kind === 'device.harmed') return harmSteps(wired, change);
  const place = about === 'gateway' || about === 'address' ? await gatewaySteps(wired, made) : [];
  if (change.device === null || scan.plan === 'edit') return place;
  const spans = await wired.outside.store.spansOf(change.device);
  return [...place, ...(await evidenceOf(wired, { change, scan, spans }))];
}

/** The scan under which it fell silent, its command, and that it was asked again when that had ended. */
async function harmSteps({ outside }: Wired, { after }: Change): Promise<readonly WhyStep[]> {
  const id = numberIn(after?.['scan']);
  const scan = id === null ? undefined : await outside.store.scan(id);
  const command = textIn(after?.['command']);
  return [
    scan ? scanStep(scan) : step('lost', `scan ${id} under which it fell silent is not kept any more`),
    ...(command ? [step('lines', 'it ran', { lines: [command] })] : []),
    step(
      'coverage',
      `it answered that scan at ${textIn(after?.['address']) || 'its address'}, and kept silent right after, though asked by every way there is`,
    ),
  ];
}

/** What the change says of its own judgement. */
function judgementOf({ kind, after }: Change): WhyStep[] {
  if (kind === 'device.harmed') return textsIn(after?.['because']).map((because) => step('rule', because));
  return after?.['confirmed'] === true ? [step('rule', 'it was asked directly, by every way there is, and kept silent')] : [];
}

async function besideOf({ outside }: Wired, change: Change): Promise<readonly Change[]> {
  const { at, scan, seq } = change;
  const device = change.device ?? moverOf(change)?.id ?? null;
  if (device === null) return [];
  const near = await outside.store.changes({ device, since: at, until: at, limit: MOST_BESIDE + 1 });
  return near.filter((other) => other.scan === scan && other.seq !== seq).slice(0, MOST_BESIDE);
}
