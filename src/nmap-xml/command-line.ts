import { type AddressRange, orFault, parseTarget } from '../core/index.ts';

/** What a foreign nmap command line says it asked. */
export interface CommandLine {
  /** All its targets; null when any is not in canonical form, excluded, or read from a file. */
  readonly targets: readonly AddressRange[] | null;
  readonly iface: string | null;
  /** Versions were asked (-sV, -A). */
  readonly versions: boolean;
  /** Scripts as they were chosen, those of -sC as "default", those that -sV brings along as "version"; null: none. */
  readonly scripts: string | null;
}

/** Options with a value of their own, given as the next word (or after "="). */
const WITH_VALUE = new Set(
  `-e -p -S -D -g -oX -oN -oG -oA -oS -oM -m --top-ports --port-ratio --exclude-ports --max-rate --min-rate --host-timeout --max-retries
  --scan-delay --max-scan-delay --min-rtt-timeout --max-rtt-timeout --initial-rtt-timeout --min-hostgroup --max-hostgroup --min-parallelism
  --max-parallelism --dns-servers --stats-every --source-port --data-length --ttl --mtu --spoof-mac --script --script-args --script-timeout
  --version-intensity --stylesheet --datadir --servicedb --versiondb --nsock-engine --proxies --data --data-string --ip-options --scanflags`.split(
    /\s+/,
  ),
);

/** Flags that stand alone and do not change which addresses are asked. */
const FLAG =
  /^-(?:n|R|F|A|O|r|f|6|4|v+\d*|d+\d*|T[0-5]|s[nPSTUAWMFNXVYZOC]+|P[nN0EMP]|P[SAUYO][\d,-]*|p[\d,:TUS-]+|P[0-9]*|e\w+)$|^--(?:privileged|unprivileged|noninteractive|open|reason|packet-trace|traceroute|system-dns|version-all|version-light|version-trace|osscan-guess|osscan-limit|fuzzy|send-eth|send-ip|disable-arp-ping|defeat-rst-ratelimit|append-output|no-stylesheet|webxml|randomize-hosts|badsum|iflist|log-errors|vv?|allports|discovery-ignore-rst|unique)$/;

/** Reads "nmap -sn -T4 10.0.0.0/24". What it does not know makes the targets unknown: a wrong guess would invent departures. */
export function readCommandLine(text: string): CommandLine {
  const words = wordsOf(text).slice(1);
  const { targets, iface } = sortWords(words);
  return {
    targets: targets === null ? null : rangesOfTargets(targets),
    iface,
    versions: words.some((word) => /^-(?:s[A-Z]*V[A-Z]*|A)$/.test(word)),
    scripts: scriptsOf(words),
  };
}

/** The words of a command line; nmap quotes those with spaces in them. */
function wordsOf(text: string): string[] {
  return Array.from(
    text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g),
    ([, quoted, plain]) => plain ?? (quoted as string).replaceAll(/\\(.)/g, '$1'),
  );
}

/**
 * Which scripts ran in a scan, to be compared with another one; null: none. `printed`: it shows what scripts printed, so
 * some ran even where its command line does not say so.
 */
export function chosenScripts(args: string | null, printed: boolean): string | null {
  const chosen = args === null ? null : readCommandLine(args).scripts;
  return chosen ?? (printed ? `those of "${args ?? 'an unknown command'}"` : null);
}

function scriptsOf(words: readonly string[]): string | null {
  const chosen = words.flatMap((word, i) => (word === '--script' ? words.slice(i + 1, i + 2) : scriptsOfWord(word)));
  return chosen.length === 0 ? null : [...new Set(chosen)].sort().join(',');
}

/** "-sVC", "-A", "--script=ssl-cert" */
function scriptsOfWord(word: string): string[] {
  if (word.startsWith('--script=')) return [word.slice('--script='.length)];
  const asked = /^-s([A-Z]+)$/.exec(word)?.[1] ?? (word === '-A' ? 'CV' : '');
  return [
    ['C', 'default'],
    ['V', 'version'],
  ].flatMap(([letter = '', scripts = '']) => (asked.includes(letter) ? [scripts] : []));
}

interface Words {
  readonly targets: readonly string[] | null;
  readonly iface: string | null;
}

function sortWords(words: readonly string[]): Words {
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  const before = words.slice(0, end);
  const own = before.filter((_, i) => !WITH_VALUE.has(before[i - 1] ?? ''));
  if (!own.every((word) => !word.startsWith('-') || WITH_VALUE.has(word) || isHarmless(word))) return { targets: null, iface: null };
  const iface = before[before.indexOf('-e') + 1];
  const targets = own.filter((word) => !word.startsWith('-'));
  return { targets: [...targets, ...words.slice(end + 1)], iface: before.includes('-e') && iface !== undefined ? iface : null };
}

const isHarmless = (word: string): boolean => FLAG.test(word) || (word.includes('=') && WITH_VALUE.has(word.split('=')[0] as string));

function rangesOfTargets(texts: readonly string[]): AddressRange[] | null {
  const specs = texts.map(parseTarget);
  if (specs.length === 0 || !specs.every((spec) => spec.ok && spec.value.kind === 'ranges')) return null;
  return specs.flatMap((spec) => {
    const target = orFault(spec);
    return target.kind === 'ranges' ? target.ranges : [];
  });
}
