import type {
  Address,
  Allowance,
  ChannelSetup,
  Guard,
  Millis,
  PlanSchedule,
  QuietWindow,
  Retention,
  Role,
  Rule,
  ScriptChoice,
  TargetSpec,
  Upkeep,
} from '../core/index.ts';

/** A [[target]] entry: watched because the file says so, read-only elsewhere. */
export interface ConfigTarget {
  readonly spec: TargetSpec;
  /** Empty: sweep at the usual cadence and ports nightly. */
  readonly schedule: readonly PlanSchedule[];
  /** null takes the site's. */
  readonly window: Millis | null;
  /** null finds the interface by route. */
  readonly iface: string | null;
  /** Addresses of it of which one at least always answers: when all are silent, we cannot see. */
  readonly canaries: readonly Address[];
  /** What it says otherwise than [scan] and [guard]. */
  readonly limits?: Partial<ScanLimits> & { readonly guard?: Guard };
}

/** What scans that ask more than "who is there" may cost a network, unless a target says otherwise. */
export interface ScanLimits {
  /** Packets a second to one segment; 0: as fast as the wire takes them. */
  readonly rate: number;
  /** Packets a second to one host; 0: no cap of its own. */
  readonly perHost: number;
  /** Printers and devices of automation are asked like any other. */
  readonly fragile: boolean;
  readonly quiet: readonly QuietWindow[];
  /** Zone of the quiet hours; null is that of this machine. */
  readonly zone: string | null;
  /** Sweeps keep quiet, too. */
  readonly quietSweeps: boolean;
}

/** How long a device may keep quiet before it is away. */
export interface PresencePolicy {
  /** `learned`: each device as its own silences say. `fixed`: everybody the same. */
  readonly tolerance: 'learned' | 'fixed';
  /** Of `fixed`: kept to exactly; null: 45 minutes, or two looks where those are rarer. */
  readonly window: Millis | null;
  /** Of `learned`: nobody gets less; null: three looks, and three minutes at least. */
  readonly floor: Millis | null;
  /** Of `learned`: nobody gets more, but two looks where those are rarer. */
  readonly ceiling: Millis;
}

/** By whom devices are named. */
export interface NameConfig {
  readonly dns: boolean;
  /** Empty: those of the system. Each is an address, or address and port ("10.0.0.1:53", "[::1]:53"). */
  readonly servers: readonly string[];
  /** Whether devices themselves are asked, each by its own way. */
  readonly mdns: boolean;
  readonly netbios: boolean;
  readonly llmnr: boolean;
  /** How long after its answer a device is asked again. */
  readonly refresh: Millis;
}

/** How mail leaves this machine. Of the ways that are given the first here is taken. */
export interface MailConfig {
  /** File that holds the URL, so that a password need not stand in the config. */
  readonly urlFile: string | null;
  /** smtp://user:password@host:port, or smtps:// */
  readonly url: string | null;
  /** Absolute path of a sendmail; null takes the one of the system, if there is one. */
  readonly sendmail: string | null;
  /** The sender; null: rollcall at this machine. */
  readonly from: string | null;
  /** File of certificates (PEM) to trust beside those of the system. */
  readonly ca: string | null;
}

/** How people are told, unless a rule or a channel says otherwise. */
export interface AlertConfig {
  /** Whether the rules that come with the program hold. */
  readonly usual: boolean;
  /** Stretches of the week in which nothing but what is critical is told; the rest comes as a digest when they end. */
  readonly quiet: readonly QuietWindow[];
  /** Zone of quiet hours, maintenance and the times of rules; null is that of this machine. */
  readonly zone: string | null;
  /** Notifications of one cause to one channel in ten minutes; 0: however many. */
  readonly ceiling: number;
  /** How long notifications and verdicts are kept. */
  readonly keep: Millis;
  /** Where channels may go beside the public internet: "10.0.0.5", "192.168.1.0/24", "127.0.0.1:8080" (loopback only with a port). */
  readonly reach: readonly string[];
}

/** The broker that the network is shown to. */
export interface MqttConfig {
  /** mqtt://user:password@host:1883 or mqtts://; null: nobody is shown anything. */
  readonly url: string | null;
  /** File that holds the URL. */
  readonly urlFile: string | null;
  /** First level of all our topics. */
  readonly topic: string;
  /** Where Home Assistant looks for what there is; null: it is not told. */
  readonly discovery: string | null;
  /** File of certificates (PEM) to trust beside those of the system. */
  readonly ca: string | null;
}

/** Where browsers and programs come in. */
export interface HttpConfig {
  /** One that others can reach only with `cert` and `key`, or with proxies. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Further names this machine is called by (Host headers allowed beside loopback). */
  readonly hosts: readonly string[];
  /** Addresses of proxies that are believed what they say of a caller. */
  readonly proxies: readonly Address[];
  /** Absolute paths of a certificate with its chain, and of its key (PEM); both are null, or none. */
  readonly cert: string | null;
  readonly key: string | null;
}

/** The identity provider that people may sign in at. */
export interface OidcConfig {
  /** null: there is none. https, or http on loopback. */
  readonly issuer: string | null;
  /** Who we are there. */
  readonly client: string | null;
  /** Both null: a public client, which has none. */
  readonly secret: string | null;
  readonly secretFile: string | null;
  readonly scopes: readonly string[];
  /** Hosts that we may ask beside the issuer's own. */
  readonly hosts: readonly string[];
  /** null: preferred_username, then email, then sub. */
  readonly nameClaim: string | null;
  readonly roleClaim: string | null;
  /** What a value of the role claim makes somebody here. */
  readonly roles: Readonly<Record<string, Role>>;
  /** Of whoever has no value that counts; null: they do not come in. */
  readonly defaultRole: Role | null;
  /** What the button says; null: words of ours. */
  readonly label: string | null;
}

/** What rollcall.toml can say. Everything has a default, so an empty file is a whole config. */
export interface Config {
  readonly site: { readonly name: string };
  readonly http: HttpConfig;
  readonly presence: PresencePolicy;
  readonly names: NameConfig;
  /** Whether the wires of watched networks are listened to, where this process may. */
  readonly listen: { readonly enabled: boolean };
  readonly keep: Retention;
  /** Absolute path of the nmap to run; null finds it on the PATH. */
  readonly nmap: { readonly path: string | null };
  /** Frames a second that sweeps of attached networks send at most; 0: as fast as the wire takes them. */
  readonly sweep: { readonly rate: number };
  /** Days before its end that a certificate is told of, and what follow-ups ask beside versions. */
  readonly services: { readonly certificateDays: number; readonly scripts: ScriptChoice };
  readonly scan: ScanLimits;
  /** Where this machine must stand, and the URL that says at which address the world sees it; null: nobody is asked. */
  readonly guard: Guard & { readonly ask: string | null };
  /** PostgreSQL by URL; null keeps everything in a SQLite file in the state folder. */
  readonly store: { readonly url: string | null };
  readonly mail: MailConfig;
  readonly alerts: AlertConfig;
  readonly channels: readonly ChannelSetup[];
  readonly rules: readonly Rule[];
  readonly upkeep: readonly Upkeep[];
  readonly mqtt: MqttConfig;
  readonly oidc: OidcConfig;
  /** Whether a first run begins to watch this machine itself. */
  readonly self: { readonly watch: boolean };
  readonly targets: readonly ConfigTarget[];
  /** Ranges beyond the usual scope, each with its owner and last day. */
  readonly allowances: readonly Allowance[];
  /** The file it was read from; left out: from none. */
  readonly said?: FileSaid;
}

/** One thing wrong in the file. */
export interface ConfigFault {
  /** Key as written in the file ("http.port", "target[0].plans[1].every"); empty when the file is not TOML at all. */
  readonly path: string;
  /** Line in the file, from 1; null when no line is to blame. */
  readonly line: number | null;
  /** Whole sentence with file, line, key and value. */
  readonly message: string;
  readonly remedy: string;
}

/** What a file says, and where. */
export interface FileSaid {
  /** Its name, as it was given. */
  readonly file: string;
  /** Lines by key as written in the file ("keep.singles"). */
  readonly lines: Readonly<Record<string, number>>;
}

export type ConfigReading =
  | {
      readonly ok: true;
      readonly config: Config;
      /** What of it the file says itself. */
      readonly said: FileSaid;
      /** What may well be meant as it is written, but looks as if it were mistyped. */
      readonly doubts: readonly ConfigFault[];
    }
  | { readonly ok: false; readonly faults: readonly [ConfigFault, ...ConfigFault[]] };

const DAY = 86_400_000;

/** What holds where the file is silent. */
export const DEFAULTS: Config = {
  site: { name: 'home' },
  http: { host: '127.0.0.1', port: 9090, hosts: [], proxies: [], cert: null, key: null },
  presence: { tolerance: 'learned', window: null, floor: null, ceiling: DAY / 12 },
  names: { dns: true, servers: [], mdns: true, netbios: true, llmnr: false, refresh: DAY / 4 },
  listen: { enabled: true },
  keep: { singles: 2 * DAY, raw: 7 * DAY },
  nmap: { path: null },
  sweep: { rate: 500 },
  services: { certificateDays: 21, scripts: 'identity' },
  scan: { rate: 300, perHost: 100, fragile: false, quiet: [], zone: null, quietSweeps: false },
  guard: { ask: null },
  store: { url: null },
  mail: { urlFile: null, url: null, sendmail: null, from: null, ca: null },
  alerts: { usual: true, quiet: [], zone: null, ceiling: 3, keep: 400 * DAY, reach: [] },
  channels: [],
  rules: [],
  upkeep: [],
  mqtt: { url: null, urlFile: null, topic: 'rollcall', discovery: 'homeassistant', ca: null },
  oidc: {
    issuer: null,
    client: null,
    secret: null,
    secretFile: null,
    scopes: ['openid', 'profile'],
    hosts: [],
    nameClaim: null,
    roleClaim: null,
    roles: {},
    defaultRole: null,
    label: null,
  },
  self: { watch: true },
  targets: [],
  allowances: [],
};
