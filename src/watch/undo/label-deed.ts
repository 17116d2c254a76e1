import { deviceName, labelWords } from '../../core/index.ts';
import { type LabelStep, type Relabelled, restoreLabels } from '../../inventory/index.ts';
import type { Keepings } from '../keepings.ts';
import { commitLabels } from '../label-commit.ts';

/** Remembers how labels were before, so that they can be so again. */
export function noteLabels(kept: Keepings, operation: string, touched: readonly Relabelled[]): void {
  const steps = touched.filter(({ before, after }) => before.labels !== after.labels).map(stepOf);
  const [first] = steps;
  if (!first) return;
  kept.undos.note({
    operation,
    what: `${subjectOf(touched)}: ${labelWords({ ...first.was }, { ...first.is }, short)}`,
    scope: 'edit',
    devices: steps.map(({ device }) => device),
    restore: async () => {
      await restored(kept, operation, steps);
      return null;
    },
  });
}

const stepOf = ({ before, after }: Relabelled): LabelStep => ({ device: before.id, was: before.labels, is: after.labels });

/** Which itself can be taken back. */
async function restored(kept: Keepings, operation: string, steps: readonly LabelStep[]): Promise<void> {
  const touched = await commitLabels(kept, 'taken back', (roll) => restoreLabels(roll, steps));
  noteLabels(kept, operation, touched);
}

function subjectOf(touched: readonly Relabelled[]): string {
  const changed = touched.filter(({ before, after }) => before.labels !== after.labels);
  const [only] = changed;
  if (!only || changed.length > 1) return `${changed.length} devices`;
  return deviceName(only.before) ?? `#${only.before.id}`;
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}...` : text);
