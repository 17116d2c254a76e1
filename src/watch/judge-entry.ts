import { type ChangeDraft, type Commit, type Device, type DeviceId, NO_COVERAGE, type ScanReport, type Store } from '../core/index.ts';
import { compareDevices } from '../diff/index.ts';
import {
  type Amendment,
  amend,
  type Comings,
  comparePeople,
  type Fold,
  foldScan,
  guessType,
  newlyProposed,
  proposedOnce,
  type Roll,
  type TypeOf,
} from '../inventory/index.ts';
import type { Entry } from './entry.ts';
import { type Admitted, admit, damp, type GateState, type Grounds, releaseGone } from './gates.ts';
import { withSince } from './people-since.ts';
import { finishedScan } from './scan-record.ts';
import { flatMapped, unhurried } from './unhurried.ts';

/** What is believed when an entry's turn comes. */
export interface Beliefs {
  readonly roll: Roll;
  readonly gates: GateState;
  readonly grounds: Grounds;
  readonly store: Pick<Store, 'spansOf'>;
}

/** What an entry makes of them, once the store has taken it. */
export interface Judged<Work> {
  readonly work: Work;
  readonly roll: Roll;
  readonly gates: GateState;
  /** Whom it touched, as they are then. */
  readonly devices: readonly Device[];
}

/** Folds a report into the roll and says what changed. Writes nothing. */
export async function judgeEntry({ scan: begun, report, rules, also, silent }: Entry, beliefs: Beliefs): Promise<Judged<Commit>> {
  const asked = { ...rules(report.finishedAt), ...(silent && { silent }) };
  const passed = admit(beliefs.gates, { roll: beliefs.roll, scan: begun, report: credible(report), rules: asked }, beliefs.grounds);
  const fold = await unhurried(foldScan(beliefs.roll, passed.report, passed.rules));
  const told = await newsOf(fold, { passed, silent, first: also?.(fold) ?? [] });
  const proposals = proposedOnce(passed.state.proposed, newlyProposed(beliefs.roll, fold.roll, fold.touched));
  const news = [...told, ...proposals.drafts];
  const damped = damp({ ...passed.state, proposed: proposals.told }, { drafts: news, roll: beliefs.roll, at: report.finishedAt });
  const touched = fold.touched.map(({ after }) => after.id);
  const people = await peopleBy({ after: fold.roll, touched, flapping: damped.state.flapping }, beliefs);
  const changes = [...damped.drafts, ...people];
  const scan = { ...finishedScan(begun, report), changes: changes.length };
  const created = fold.touched.flatMap(({ before, after: { id, firstSeen } }) => (before === null ? [{ device: id, firstSeen }] : []));
  // What a person brings or asks for is kept for a while also when it changed nothing: it holds what scripts printed, which no
  // span does, and whoever asked may want it as nmap wrote it.
  const byHand = begun.target === null && begun.plan !== 'listen';
  const keepRaw = changes.length > 0 || report.outcome !== 'complete' || byHand;
  const work = {
    scan,
    created,
    spans: fold.spans,
    sightings: fold.sightings,
    checked: fold.checked,
    changes,
    raw: keepRaw ? report.raw : null,
  };
  return { work, roll: fold.roll, gates: damped.state, devices: fold.touched.map(({ after }) => after) };
}

/** Takes a person's word into the roll and says what changed by it. Writes nothing; without work when it changes nothing. */
export async function judgeWord(amendment: Amendment, beliefs: Beliefs): Promise<Judged<Omit<Commit, 'scan' | 'raw'> | null>> {
  const { roll, devices, ...work } = amend(beliefs.roll, amendment);
  if (work.spans.length === 0 && amendment.changes.length === 0) return { work: null, roll: beliefs.roll, gates: beliefs.gates, devices };
  const touched = amendment.touched.flatMap(({ before, after }) => (after ?? before)?.id ?? []);
  const people = await peopleBy({ after: roll, touched, flapping: beliefs.gates.flapping }, beliefs);
  // Forgotten, or part of another from now on.
  const gone = amendment.touched.flatMap(({ before, after }) =>
    before !== null && before.mergedInto === null && (after === null || after.mergedInto !== null) ? [before] : [],
  );
  const gates = releaseGone(beliefs.gates, gone, beliefs.grounds);
  return { work: { ...work, changes: [...amendment.changes, ...people] }, roll, gates, devices };
}

interface Told {
  readonly passed: Admitted;
  readonly silent: ReadonlySet<DeviceId> | undefined;
  readonly first: readonly ChangeDraft[];
}

async function newsOf(fold: Fold, { passed, silent, first }: Told): Promise<readonly ChangeDraft[]> {
  const told = await unhurried(flatMapped(fold.touched, (step) => compareDevices(step.before, step.after).map(confirmedBy(silent))));
  return [...first, ...passed.drafts, ...told];
}

/** Who came home and who left by it. */
function peopleBy(
  { after, touched, flapping }: Pick<Comings, 'after' | 'touched'> & Pick<GateState, 'flapping'>,
  { roll, gates, store }: Beliefs,
): Promise<readonly ChangeDraft[]> {
  const comings = { before: roll, after, touched, flapping: { before: gates.flapping, after: flapping } };
  return withSince(comparePeople({ ...comings, typeOf }), { roll, store, typeOf });
}

const typeOf: TypeOf = (device) => device.labels.type ?? guessType(device)?.type ?? null;

/** What may change our beliefs: of a failed scan nothing, of one that was stopped only who answered (laws 1 and 2). */
export function credible({
  outcome,
  observations,
  coverage,
  startedAt,
}: ScanReport): Pick<ScanReport, 'observations' | 'coverage' | 'startedAt'> {
  if (outcome === 'failed') return { observations: [], coverage: NO_COVERAGE, startedAt };
  return { observations, coverage: outcome === 'cancelled' ? NO_COVERAGE : coverage, startedAt };
}

/** A departure says whether the device was asked directly before. */
const confirmedBy =
  (silent: ReadonlySet<DeviceId> = new Set()) =>
  (draft: ChangeDraft): ChangeDraft =>
    draft.kind === 'device.left' && silent.has(draft.device ?? 0) ? { ...draft, after: { ...draft.after, confirmed: true } } : draft;
