import type { RollcallClient, ScanJson, TargetStatusJson } from '../../contract/index.ts';
import { type Instant, type Millis, parseDuration } from '../../core/index.ts';

/** When a target was last looked at by a scan that could see. */
export interface TargetLook {
  readonly target: string;
  /** null: not yet. */
  readonly at: Instant | null;
  /** Age from which on it says nothing; null: nobody said. */
  readonly stale: Millis | null;
  /** Why it cannot be seen now; null: it can. */
  readonly blind: string | null;
  /** Why the newest scan saw nothing, or is put off, for people; null: nothing is known of that. */
  readonly why: string | null;
}

const DAY: Millis = 86_400_000;
/** So many sweeps may fail or be late before nothing can be said. */
const SWEEPS = 3;
/** Scans that are looked through for one that saw: hours of sweeps that failed. */
const SCANS = 1000;

export interface LookOrder {
  /** null: as the target's sweeps come. */
  readonly stale: Millis | null;
  readonly now: Instant;
  readonly signal: AbortSignal;
}

/** How a target was looked at last. Where its newest scans failed, the one before them that saw is looked for. */
export async function lookAt(
  client: RollcallClient,
  status: TargetStatusJson,
  { stale: said, now, signal }: LookOrder,
): Promise<TargetLook> {
  const { target, plans, blind } = status;
  const stale = said ?? usualStale(status);
  const looking = looksOf(plans);
  const scans = looking.flatMap(({ lastScan }) => lastScan ?? []);
  let at = newestSeen(scans);
  if (at === null || now - at > stale) {
    const earlier = await client.scans.list({ target: target.id, limit: SCANS }, { signal });
    at = newestSeen([...scans, ...earlier.filter(({ plan }) => looking.some((one) => one.plan === plan))]);
  }
  return { target: target.target, at, stale, blind: blind ? (newestCause(scans) ?? 'the cause is not known') : null, why: whyNot(looking) };
}

/** The plans that ask who is there: sweeps; where there are none, whatever asks at all. Other plans ask only whom sweeps have seen. */
function looksOf(plans: TargetStatusJson['plans']): TargetStatusJson['plans'] {
  const sweeps = plans.filter(({ plan }) => plan === 'sweep');
  return sweeps.length > 0 ? sweeps : plans;
}

/** Of a site where nothing is watched: the newest scan by hand. */
export async function lookByHand(client: RollcallClient, { stale, signal }: LookOrder): Promise<TargetLook> {
  const at = newestSeen(await client.scans.list({ limit: SCANS }, { signal }));
  return { target: 'anything', at, stale, blind: null, why: null };
}

/** Three sweeps of it; where those take long they come more seldom, and local times count as daily. */
function usualStale({ plans }: TargetStatusJson): Millis {
  const intervals = looksOf(plans).map(({ every, measured }) => {
    const cadence = (every === null ? undefined : parseDuration(every)) ?? DAY;
    return cadence * Math.max(1, Math.ceil((2000 * (measured?.seconds ?? 0)) / cadence));
  });
  return SWEEPS * (intervals.length > 0 ? Math.min(...intervals) : DAY);
}

/** When the newest scan ended that could see and asked for somebody's presence. */
function newestSeen(scans: readonly ScanJson[]): Instant | null {
  const ends = scans.filter(hasLooked).map(({ finishedAt }) => Date.parse(finishedAt as string));
  return ends.length === 0 ? null : ends.reduce((newest, end) => Math.max(newest, end));
}

const hasLooked = ({ outcome, coverage, finishedAt }: ScanJson): boolean =>
  finishedAt !== null && (outcome === 'complete' || outcome === 'partial') && coverage !== null && coverage.addresses.length > 0;

function whyNot(plans: TargetStatusJson['plans']): string | null {
  const putOff = plans.find((plan) => plan.putOff !== null)?.putOff;
  if (putOff) return `put off by ${putOff.because}`;
  return newestCause(plans.flatMap(({ lastScan }) => lastScan ?? []));
}

function newestCause(scans: readonly ScanJson[]): string | null {
  const [newest] = scans.filter(({ cause }) => cause !== null).sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  return newest?.cause?.text ?? null;
}
