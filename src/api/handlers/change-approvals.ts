import type { ChangeApprovalJson } from '../../contract/index.ts';
import { deviceName, Fault, type Instant, placeText } from '../../core/index.ts';
import type { ApproveRequest } from '../../watch/index.ts';
import { type Approvable, approvableOf } from '../approvable.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';
import { readUntil } from '../read-until.ts';

export const changeApprovalHandlers = () => ({
  approve: operations.changes.approve.handler(async ({ context, input }): Promise<ChangeApprovalJson> => {
    const { seqs, version, why = null, by = null, dryRun } = input;
    const until = readUntil(input.until, nowOf(context));
    const items: Approvable[] = [];
    for (const seq of new Set(seqs)) items.push(await approvableOf(context, seq));
    if (!dryRun) refuseUnfit(items);
    const requests = requestsFor(items, { closeness: version, why, by, until, dryRun });
    const { made, replaced, already } = await context.keeper.approveEach(requests);
    return { dryRun, items: items.map(itemToJson), made, replaced, already };
  }),
});

function refuseUnfit(items: readonly Approvable[]): void {
  const unfit = items.find(({ reason }) => reason !== null);
  if (unfit)
    throw new Fault(
      unfit.isLate ? 'conflict' : 'refused',
      `approving change ${unfit.seq}: ${unfit.reason}`,
      'leave it out, or look at the device',
    );
}

interface Terms extends Pick<ApproveRequest, 'closeness' | 'why' | 'by' | 'dryRun'> {
  readonly until: Instant | null;
}

/** Of each device that it may be here, or its services, each of them once. */
function requestsFor(items: readonly Approvable[], terms: Terms): ApproveRequest[] {
  const fit = items.filter(({ reason }) => reason === null);
  const byDevice = Map.groupBy(fit, ({ device }) => device?.id ?? 0);
  return [...byDevice].flatMap(([id, all]) => {
    const choice = { kind: 'named', devices: [id], unseen: [] } as const;
    const places = all.flatMap(({ place }) => place ?? []);
    const presence = all.some(({ place }) => place === null) ? [{ ...terms, choice, places: null, alone: true }] : [];
    return [...presence, ...(places.length > 0 ? [{ ...terms, choice, places }] : [])];
  });
}

const itemToJson = ({ seq, device, place, reason }: Approvable): ChangeApprovalJson['items'][number] => ({
  seq,
  covers: reason !== null ? null : place === null ? 'device' : 'service',
  device: device && { id: device.id, name: deviceName(device) },
  place: place && placeText(place),
  reason,
});
