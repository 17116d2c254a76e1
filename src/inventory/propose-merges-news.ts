import { type ChangeDraft, type Device, deviceName, type MergeProposal } from '../core/index.ts';
import type { Touched } from './apply-scan.ts';
import { proposeNear } from './propose-merges.ts';
import type { Roll } from './roll.ts';

/** So many at once are a network seen for the first time: who looks like one there is listed when somebody asks. */
const MANY = 256;

/** What has only now come to look like another device: one change for each device that would be absorbed and was not before. */
export function newlyProposed(before: Roll, after: Roll, touched: readonly Touched[]): ChangeDraft[] {
  const telling = touched.filter(showsMore);
  if (touched.length > MANY || telling.length === 0) return [];
  // Also by what it held before: another may be recognised by that now, as this one no longer stands in the way.
  const proposals = proposeNear(
    after,
    telling.flatMap((one) => [one.after, ...(one.before ? [one.before] : [])]),
  );
  const involved = proposals.flatMap(({ keep, absorb }) => [keep, ...absorb]).flatMap((id) => before.devices.get(id) ?? []);
  if (proposals.length === 0) return [];
  const known = new Set(proposeNear(before, involved).flatMap(({ keep, absorb }) => [keep, ...absorb]));
  return proposals.flatMap((proposal) => proposal.absorb.filter((id) => !known.has(id)).map((id) => draftOf(after, proposal, id)));
}

/** Whether more is known of it by which it may be recognised, or another one is no longer there beside it. */
const showsMore = ({ before, after }: Touched): boolean =>
  before === null ||
  before.names !== after.names ||
  before.clues !== after.clues ||
  before.ports !== after.ports ||
  before.presence !== after.presence;

function draftOf(roll: Roll, { keep, confidence, reasons }: MergeProposal, id: number): ChangeDraft {
  const text = `${shown(roll, id)} is probably ${shown(roll, keep)}: ${reasons.join('; ')}`;
  return { kind: 'merge.proposed', device: id, before: null, after: { keep, confidence, reasons: [...reasons], text } };
}

function shown(roll: Roll, id: number): string {
  const device = roll.devices.get(id) as Device;
  const name = deviceName(device) ?? device.addresses[0]?.address;
  return name === undefined ? `#${id}` : `#${id} ${name}`;
}
