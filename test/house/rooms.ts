/** The one table of the house: what each room is for, what it may import, and why no more than that. */
export interface Room {
  readonly floor: 'ground' | 'edge' | 'middle' | 'door' | 'face';
  readonly mayImport: readonly string[];
  readonly why: string;
  /** Ground rooms name nothing outside themselves; npm packages they need all the same are listed. */
  readonly packages?: readonly string[];
  /** Ways to do the same thing, side by side: no one of them may lean on another. */
  readonly adapters?: readonly string[];
  /** The file it is entered by, where that is not its index.ts. */
  readonly entrance?: string;
  /** Drawn on the plan, not built yet: neither folder nor arrow may exist. */
  readonly planned?: true;
}

export const ROOMS: Readonly<Record<string, Room>> = {
  core: {
    floor: 'ground',
    mayImport: [],
    packages: [],
    why: 'everybody speaks its words, so a change it makes for one caller reaches all',
  },
  'nmap-xml': {
    floor: 'ground',
    mayImport: ['core'],
    packages: [],
    why: 'a parser of hostile bytes is only safe when it can do nothing but parse',
  },
  diff: {
    floor: 'ground',
    mayImport: ['core'],
    packages: [],
    why: 'the only maker of changes must give one answer for one question, at any time and place',
  },
  ndiff: {
    floor: 'ground',
    mayImport: ['core', 'nmap-xml'],
    packages: [],
    why: 'it answers as Ndiff does, not as our own diff does',
  },
  inventory: {
    floor: 'ground',
    mayImport: ['core', 'diff'],
    packages: [],
    why: 'what we believe of a device follows from observations, never from where they are kept',
  },
  rules: { floor: 'ground', mayImport: ['core'], packages: [], why: 'a verdict must be repeatable on an old change' },
  config: {
    floor: 'ground',
    mayImport: ['core'],
    packages: ['smol-toml', 'zod'],
    why: 'text in, settings or faults out; whoever reads the file decides where it lies',
  },
  probes: {
    floor: 'edge',
    mayImport: ['core', 'nmap-xml'],
    adapters: ['nmap', 'arp-scan', 'names', 'readers', 'neighbours', 'capture'],
    why: 'a probe reports what it saw; it must not know what anybody makes of it',
  },
  store: {
    floor: 'edge',
    mayImport: ['core'],
    adapters: ['memory', 'sqlite', 'postgres'],
    why: 'a store remembers what it is given; a rule in here would have to be written once for each database',
  },
  channels: {
    floor: 'edge',
    mayImport: ['core'],
    adapters: [
      'webhook',
      'apprise',
      'syslog',
      'log',
      'email',
      'telegram',
      'ntfy',
      'gotify',
      'pushover',
      'slack',
      'discord',
      'matrix',
      'teams',
      'mqtt',
    ],
    why: 'a channel delivers; who is told is judged elsewhere',
  },
  watch: {
    floor: 'middle',
    mayImport: ['core', 'diff', 'inventory', 'rules', 'config'],
    why: 'the keeper gets its probes and store handed in as ports, so a test can run a year of it in a second',
  },
  access: {
    floor: 'middle',
    mayImport: ['core'],
    why: 'who may what is judged in one place, by itself: it neither looks at networks nor knows how anybody asks',
  },
  demo: {
    floor: 'edge',
    mayImport: ['core'],
    why: 'a simulated network stands behind the same ports as the real one, so that the product in front of it is the real one',
  },
  contract: {
    floor: 'door',
    mayImport: ['core'],
    packages: ['zod', '@orpc/contract'],
    why: 'clients import it, so it may not bring the daemon along',
  },
  api: {
    floor: 'door',
    mayImport: ['core', 'contract', 'access', 'watch', 'diff', 'inventory'],
    why: 'one set of handlers behind every face; it asks the keeper, never a database',
  },
  http: {
    floor: 'face',
    mayImport: ['core', 'contract', 'api'],
    why: 'a face translates; what it knows of the field it knows through the contract',
  },
  cli: {
    floor: 'face',
    mayImport: ['core', 'contract', 'diff', 'ndiff', 'nmap-xml', 'config'],
    why: 'a client like the dashboard: a command that went round the contract would exist twice',
  },
  web: {
    floor: 'face',
    mayImport: ['core', 'contract'],
    entrance: 'web/src/main.tsx',
    why: 'the dashboard sees only what any other client could',
  },
};

/** The only files that know every room: they put the house together. */
export const ASSEMBLY: readonly string[] = ['main', 'assemble', 'daemon', 'reaching', 'runner', 'staging', 'surroundings'].map(
  (name) => `src/${name}.ts`,
);

/** Files longer than the limit, each with its reason. */
export const LONG_FILES: Readonly<Record<string, string>> = {};

export const LIMITS = {
  fileLines: 300,
  medianFile: 80,
  p90File: 200,
  functionLines: 60,
  /** A component with its markup. */
  componentLines: 120,
  /** This share of functions has at most `shortFunction` lines. */
  shortFunction: 20,
  shortShare: 0.85,
  testsPerSource: [1, 2],
} as const;

/** Words that say nothing about what a thing is for; they stand alone or inside a camelCase or kebab-case name. */
export const EMPTY_WORDS = ['util', 'utils', 'helper', 'helpers', 'common', 'shared', 'misc', 'manager', 'data', 'info', 'base'] as const;

/** Names that are somebody else's word, each with whose. */
export const NAMED_ELSEWHERE: Readonly<Record<string, string>> = {
  data: 'the command line option --data',
  addr_info: 'a member of the JSON of iproute2',
  scanInfo: "nmap's element <scaninfo>",
  NmapScanInfo: "nmap's element <scaninfo>",
};
