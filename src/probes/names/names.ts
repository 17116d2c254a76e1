import {
  type Address,
  type Clock,
  canonicalAddress,
  type Millis,
  mergeClues,
  type NameAsk,
  type Names,
  type Observation,
} from '../../core/index.ts';
import { askAll, type Round } from './ask-again.ts';
import { openDeadline } from './deadline.ts';
import { askableBy, createLlmnr, createMdns, createNetbios } from './device-sources.ts';
import { hostNames } from './host-names.ts';
import { type HostsFile, readHostsFile } from './hosts-file.ts';
import { type Lookup, openLookup } from './lookup.ts';
import { createMemory } from './memory.ts';
import { createServerSource } from './server-source.ts';
import type { Answer, Source } from './source.ts';

export interface NamesOptions {
  /** Whether addresses are asked by DNS for their names. Host names of targets are resolved either way. */
  readonly enabled: boolean;
  /** "10.0.0.1", "10.0.0.1:53", "[fd00::1]:53"; empty: those of the system. */
  readonly servers?: readonly string[];
  /** Which ways devices themselves are asked by; none when left out. */
  readonly mdns?: boolean;
  readonly netbios?: boolean;
  readonly llmnr?: boolean;
  /** How long after its answer a device is asked again. */
  readonly refresh?: Millis;
  /** For one try of one question to a server. */
  readonly timeout?: Millis;
  /** For one question to a device, its second try included. */
  readonly deviceTimeout?: Millis;
  /** Questions under way at once, of each kind. */
  readonly parallel?: number;
  /** For all names of a scan together: a dead server and silent devices cost this and no more. */
  readonly deadline?: Millis;
  readonly hostsFile?: string;
  /** Tells how long ago somebody was asked. */
  readonly clock?: Pick<Clock, 'monotonic'>;
}

const DEFAULTS = {
  servers: [],
  mdns: false,
  netbios: false,
  llmnr: false,
  refresh: 6 * 3_600_000,
  timeout: 1500,
  deviceTimeout: 1000,
  parallel: 32,
  deadline: 5000,
  hostsFile: '/etc/hosts',
  clock: { monotonic: () => performance.now() },
} as const;

type Settings = Required<NamesOptions>;

const ADDRESSES_PER_NAME = 64;

/**
 * Names by the hosts file, else by DNS and by the devices themselves, within a bounded time and with a memory of who was
 * asked when; loopback addresses are nobody else's business.
 */
export function createNames(given: NamesOptions): Names {
  const settings: Settings = { ...DEFAULTS, ...given };
  const memory = createMemory();
  return {
    async addressesOf(hostname, signal) {
      const listed = (await readHostsFile(settings.hostsFile)).addressesOf(hostname);
      if (listed.length > 0) return listed;
      const lookup = openLookup({ ...settings, signal });
      const answers = await Promise.all([lookup.ask('A', hostname), lookup.ask('AAAA', hostname)]);
      lookup.close();
      return canonicalOnly(answers.flatMap((answer) => answer ?? []));
    },
    async nameAll(observations, signal, ask = {}) {
      const hosts = await readHostsFile(settings.hostsFile);
      const listed = observations.map((seen) => (seen.names === null ? withListed(seen, hosts) : seen));
      const unnamed = listed.filter(({ names }) => names === null);
      const lookup = openLookup({ ...settings, signal });
      const deadline = openDeadline(settings.deadline, signal);
      const asked = { memory, fresh: ask.fresh ?? false, signal: deadline.signal, stop: signal };
      const round: Round = { ...settings, ...asked, timeout: settings.deviceTimeout };
      const named = await askSources(sourcesOf(settings, lookup, ask), unnamed, round);
      deadline.close();
      lookup.close();
      return listed.map((seen) => named.get(seen) ?? seen);
    },
  };
}

function canonicalOnly(answers: readonly string[]): Address[] {
  return [...new Set(answers.flatMap((answer) => canonicalAddress(answer) ?? []))].slice(0, ADDRESSES_PER_NAME);
}

/** Named by the hosts file, or by nobody else. */
function withListed(seen: Observation, hosts: HostsFile): Observation {
  const listed = hosts.namesOf(seen.address);
  return listed.length > 0 || isLoopback(seen.address) ? { ...seen, names: hostNames(listed, 'hosts') } : seen;
}

const isLoopback = (address: Address): boolean => address === '::1' || address.startsWith('127.');

function sourcesOf({ enabled, mdns, netbios, llmnr }: Settings, lookup: Lookup, { iface = null, mayAsk = () => true }: NameAsk): Source[] {
  const to = askableBy(iface, mayAsk);
  return [
    ...(mdns ? [createMdns(to)] : []),
    ...(netbios ? [createNetbios(to)] : []),
    ...(llmnr ? [createLlmnr(to)] : []),
    ...(enabled ? [createServerSource(lookup)] : []),
  ];
}

/** All sources at once, each by its own bounded number of questions. */
async function askSources(sources: readonly Source[], seen: readonly Observation[], round: Round): Promise<Map<Observation, Observation>> {
  const columns = await Promise.all(sources.map(async (source) => ({ ...source, answers: await askAll(source, seen, round) })));
  return new Map(
    seen.map((each, row) => {
      const answers = columns.flatMap(({ name, holds, answers: column }) => {
        const answer = column[row];
        return answer ? [{ ...answer, name, holds }] : [];
      });
      return [each, withAnswers(each, answers)];
    }),
  );
}

/** A device without a name for us may have told others one: only a server's "none" is an answer. */
function withAnswers(seen: Observation, answers: readonly (Answer & Pick<Source, 'name' | 'holds'>)[]): Observation {
  const told = answers.filter(({ names, holds }) => names.length > 0 || holds);
  const clues = answers.flatMap((answer) => answer.clues);
  return {
    ...seen,
    ...(told.length === 0 ? {} : { names: told.flatMap(({ names }) => names), namesFrom: told.map(({ name }) => name) }),
    ...(clues.length === 0 ? {} : { clues: mergeClues(seen.clues ?? [], clues) }),
  };
}
