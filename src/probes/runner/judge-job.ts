import { type AddressRange, type Allowance, countAddresses, type Instant, judgeScope, MOST_THOROUGH } from '../../core/index.ts';
import type { Job } from '../jobs.ts';
import type { Link } from '../machine/links.ts';
import { networksOf } from '../machine/networks.ts';
import { isOwn } from '../vantage/parts.ts';

/** What the runner itself knows: it believes nobody else's word about this machine, or about what is allowed. */
export interface Ground {
  readonly links: readonly Link[];
  /** Of the runner's own config file. */
  readonly allowances: readonly Allowance[];
  readonly now: Instant;
}

/** Why a job is not done, whoever orders it; null: it is. */
export function judgeJob(job: Job, ground: Ground): string | null {
  const { iface } = job.facts;
  const link = ground.links.find((one) => one.iface === iface);
  if (iface !== null && link === undefined) return `interface ${iface} does not exist`;
  if (job.kind === 'capture') return null;
  if (job.kind !== 'nmap') return sourceRefused(job.facts.source, link) ?? (job.kind === 'echo' ? null : rangesRefused(job.facts, ground));
  return rangesRefused(job.facts, ground) ?? nmapRefused(job.facts, ground);
}

/** Only from an address that this machine has there: else it would speak in the name of others. */
function sourceRefused(source: string | null, link: Link | undefined): string | null {
  if (source === null || link?.addresses.some(({ address }) => address === source)) return null;
  return `${source} is no address of interface ${link?.iface}`;
}

function rangesRefused({ ranges }: { readonly ranges: readonly AddressRange[] }, { links, allowances, now }: Ground): string | null {
  const attached = networksOf(links).map(({ range }) => range);
  const verdict = judgeScope(ranges, { attached, allowances, now });
  return verdict.allowed ? null : verdict.reason;
}

type NmapJob = Extract<Job, { kind: 'nmap' }>;

function nmapRefused({ ranges, family, local, thorough }: NmapJob['facts'], { links }: Ground): string | null {
  if (ranges.some((range) => range.family !== family)) return `not all addresses are of IPv${family}`;
  // What is this machine's own is asked as fast as can be.
  if (local && !isOwn(ranges, links)) return 'not all addresses are of this machine';
  const many = thorough === true && countAddresses(ranges) > MOST_THOROUGH;
  return many ? `more than ${MOST_THOROUGH} addresses are not asked thoroughly` : null;
}
