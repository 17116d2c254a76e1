import { type Cause, type Coverage, type LookOrder, mergeRanges, NO_COVERAGE, type Outcome, type ScanReport } from '../../core/index.ts';

/**
 * The report of a look that was made in two: of those like any other, and of those who are asked gently. `unasked`: why the
 * second part was not begun; null: for want of time.
 */
export function joined(reports: readonly ScanReport[], orders: readonly LookOrder[], unasked: Cause | null = null): ScanReport {
  const [first, second] = reports as readonly [ScanReport, ScanReport | undefined];
  if (second === undefined) return orders.length === 1 ? first : withoutRest(first, unasked);
  const cause = [first, second].find(({ outcome }) => outcome !== 'complete')?.cause ?? null;
  return {
    ...first,
    outcome: outcomeOf(first.outcome, second.outcome),
    cause,
    finishedAt: Math.max(first.finishedAt, second.finishedAt),
    coverage: coverageOf(first, second),
    tool: first.outcome === 'failed' ? second.tool : first.tool,
    commands: [...first.commands, ...second.commands],
    observations: [...first.observations, ...second.observations],
    asked: first.asked + second.asked,
    warnings: [...new Set([...first.warnings, ...second.warnings, ...(second.cause && second.cause !== cause ? [second.cause.text] : [])])],
    raw: bothRaw(first, second),
  };
}

/** The others were not asked. */
function withoutRest(first: ScanReport, unasked: Cause | null): ScanReport {
  const outcome = first.outcome === 'complete' ? 'partial' : first.outcome;
  const cause = first.cause ?? unasked ?? { code: 'over-budget', text: 'there was no time left to ask the others gently' };
  return { ...first, outcome, cause };
}

function outcomeOf(a: Outcome, b: Outcome): Outcome {
  if (a === b) return a;
  return [a, b].includes('cancelled') ? 'cancelled' : 'partial';
}

const believed = ({ outcome, coverage }: ScanReport): Coverage => (outcome === 'failed' ? NO_COVERAGE : coverage);

/** Of each just what it was asked. Where one was asked less deeply, the others say how deep the look was, and it was only seen. */
function coverageOf(first: ScanReport, second: ScanReport): Coverage {
  const [usual, gentle] = [believed(first), believed(second)];
  if (usual.addresses.length === 0) return gentle;
  if (gentle.addresses.length === 0 || usual.depth !== gentle.depth) return usual;
  const lots = gentle.apart ?? [{ addresses: gentle.addresses, ports: gentle.ports }];
  return { ...usual, addresses: mergeRanges([...usual.addresses, ...gentle.addresses]), apart: [...(usual.apart ?? []), ...lots] };
}

/** Frames of zstd, one behind the other, are one text. Half of what was printed is no evidence. */
function bothRaw({ raw: a }: ScanReport, { raw: b }: ScanReport): Uint8Array | null {
  if (a === null || b === null) return null;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
