import type { ChangeDraft, Device } from '../core/index.ts';
import { compareLabels } from '../diff/index.ts';
import type { Relabelled, Roll } from '../inventory/index.ts';
import type { Keepings } from './keepings.ts';

/** Writes what people say of devices in one commit; `of` is asked for it on the roll as it then is. Resolves to what it said. */
export async function commitLabels(
  { ledger, outside }: Pick<Keepings, 'ledger' | 'outside'>,
  said: string,
  of: (roll: Roll) => readonly Relabelled[],
): Promise<readonly Relabelled[]> {
  let touched: readonly Relabelled[] = [];
  const { devices } = await ledger.amend({
    said,
    at: outside.clock.now(),
    of: (roll) => {
      touched = of(roll);
      return { touched, changes: touched.flatMap(changesOf) };
    },
  });
  return touched.map(({ before, after }, i) => ({ before, after: devices[i] ?? after }));
}

const changesOf = ({ before, after }: Relabelled): readonly ChangeDraft[] => [
  ...released(before, after),
  ...compareLabels(asReleased(before, after), after),
];

/** That a device may be asked again is a change of its own. */
function released(before: Device, after: Device): readonly ChangeDraft[] {
  const { harmed } = before.labels;
  if (harmed === null || after.labels.harmed !== null) return [];
  const text = `may be asked again, after it fell silent under scan ${harmed}`;
  return [{ kind: 'device.released', device: after.id, before: { scan: harmed }, after: { text } }];
}

/** A release is told by its own change. */
const asReleased = (before: Device, after: Device): Device =>
  after.labels.harmed === null ? { ...before, labels: { ...before.labels, harmed: null } } : before;
