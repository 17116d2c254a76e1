import { FILTER } from './filter.ts';

/** Whole frames of an untagged Ethernet, with two tags to spare. */
const SNAPLEN = 1522;
/** The kernel's ring, in KiB: some eight thousand frames, a tenth of a second of a flood. */
const RING = 16_384;

/** The uid and gid of nobody. */
const NOBODY = '65534';

export interface TcpdumpOptions {
  readonly tcpdump: string;
  readonly iface: string;
  readonly filter: string;
  /** Of {@link Machine.leash}; may be empty. */
  readonly leash: readonly string[];
  /** Whether we are root: then tcpdump gets one capability and nobody's uid. */
  readonly root: boolean;
}

/**
 * The command that writes the interface's frames, raw and at once, to standard output. Only what comes in: what this
 * machine sends says nothing of others.
 */
export function tcpdumpArgv({ tcpdump, iface, filter, leash, root }: TcpdumpOptions): [string, ...string[]] {
  const capture = [tcpdump, '-i', iface, '-Q', 'in', '-n', '-s', String(SNAPLEN), '-B', String(RING)];
  const out = ['--immediate-mode', '-U', '-w', '-', filter];
  return [...(root ? asNobody(leash) : leash), ...capture, ...out] as [string, ...string[]];
}

/**
 * Started by root, tcpdump would change its uid by itself, and the kernel forgets the leash when that happens: so the
 * change comes before. Without a leash tcpdump does it its own way.
 */
function asNobody(leash: readonly string[]): readonly string[] {
  const setpriv = leash[0];
  if (setpriv === undefined) return [];
  const only = (set: string): string => `--${set}=-all,+net_raw`;
  const who = ['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups'];
  return [setpriv, ...who, only('inh-caps'), only('ambient-caps'), only('bounding-set'), '--pdeathsig', 'KILL', '--'];
}

/** The command by which this process captures on an interface. */
export const captureCommand = (tcpdump: string, { iface, leash }: Pick<TcpdumpOptions, 'iface' | 'leash'>): [string, ...string[]] =>
  tcpdumpArgv({ tcpdump, iface, filter: FILTER, leash, root: process.geteuid?.() === 0 });
