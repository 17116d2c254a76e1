import { hostsAbreast, type Pace, portsOf, rateOf } from './pace.ts';
import type { Plan } from './plan.ts';

/** What is known of where a plan is to be carried out. */
export interface ForecastFacts {
  /** Addresses that are asked who is there. */
  readonly addresses: number;
  /** Of them, who is expected to answer, and so is asked for ports. */
  readonly present: number;
  /** Somebody looked there before; else a tenth of the addresses is taken for hosts, and all of them at worst. */
  readonly known: boolean;
  /** Open ports known of these. */
  readonly open: number;
  /** Neighbours, who are asked by ARP; others by four packets each. */
  readonly attached: boolean;
  readonly pace: Pace;
  /** Frames a second of sweeps of attached networks; null: as fast as the wire takes them. */
  readonly sweepRate: number | null;
}

export interface Estimate {
  readonly packets: number;
  readonly seconds: number;
}

/** What a look will probably cost, and what it may cost where every port asked keeps silent. */
export interface Forecast {
  readonly likely: Estimate;
  readonly worst: Estimate;
}

/** Packets to an address that answers, and to one that does not: ARP is asked twice, across a router four ways twice. */
const ASKING = { attached: { answers: 1, silent: 2 }, routed: { answers: 4, silent: 8 } } as const;
/** A silent port is asked twice. */
const AGAIN = 2;
/** What an open port is told to find out what it serves, as captured: a connection or two, or all of nmap's probes. */
const VERSION = { likely: 12, worst: 200 } as const;
/** nmap's start, and the checks around it. */
const STARTING = 1;
/** A round of waiting for what is silent, for each group of hosts. */
const ROUND = 1;
/** Seconds that asking open ports takes at the least, and for twenty that never answer. */
const ANSWERING = { likely: 7, worst: 120 } as const;
const AT_ONCE = 20;
/** Packets a second where nothing limits them. */
const UNLIMITED = 2000;

/**
 * packets = addresses asked who is there (1 or 4 each, doubled where silent) + hosts x ports (doubled where silent) + open ports,
 * which are answered by a reset each, or with versions by 12 packets (200 at worst).
 * seconds = packets / rate, or hosts' ports / cap of a host where that is slower, + 1 for each group of hosts, + what open
 * ports take to answer. Likely: known devices answer, and each port is open or closed. Worst: every port keeps silent, and where
 * nobody looked before, every address is a host.
 */
export function forecast(plan: Plan, facts: ForecastFacts): Forecast {
  return { likely: estimate(plan, facts, 'likely'), worst: estimate(plan, facts, 'worst') };
}

type How = 'likely' | 'worst';

function estimate(plan: Plan, facts: ForecastFacts, how: How): Estimate {
  return plan.ports === null ? presenceOnly(plan, facts, how) : withPorts(plan, facts, how);
}

const askingOf = ({ attached }: ForecastFacts) => (attached ? ASKING.attached : ASKING.routed);

const hostsOf = (facts: ForecastFacts, how: How): number =>
  Math.min(facts.addresses, facts.known ? facts.present : unknownHosts(facts, how));

function presenceOf(facts: ForecastFacts, present: number): number {
  const { answers, silent } = askingOf(facts);
  return present * answers + (facts.addresses - present) * silent;
}

function presenceOnly(plan: Plan, facts: ForecastFacts, how: How): Estimate {
  const packets = how === 'likely' ? presenceOf(facts, hostsOf(facts, how)) : facts.addresses * askingOf(facts).silent;
  const rate = facts.attached ? facts.sweepRate : rateOf(plan, facts.pace);
  return rounded(packets, packets / (rate ?? UNLIMITED) + STARTING);
}

function withPorts(plan: Plan, facts: ForecastFacts, how: How): Estimate {
  const present = hostsOf(facts, how);
  const presence = plan.assumeUp ? 0 : presenceOf(facts, present);
  // With -Pn whoever is silent is asked for every port, too.
  const others = plan.assumeUp ? facts.addresses - present : 0;
  const perHost = portsOf(plan.ports) * (how === 'worst' ? AGAIN : 1);
  const asked = present * perHost + others * portsOf(plan.ports) * AGAIN;
  const rate = rateOf(plan, facts.pace) ?? UNLIMITED;
  const hosts = present + others;
  const abreast = Math.min(hosts, hostsAbreast(plan, facts.pace) ?? hosts) || 1;
  const groups = Math.ceil(hosts / abreast);
  const alone = facts.pace.perHost === null ? 0 : (groups * perHost) / facts.pace.perHost;
  const seconds = presence / rate + Math.max(asked / rate, alone) + groups * ROUND + answering(plan, facts, how) + STARTING;
  return rounded(presence + asked + facts.open * (plan.versions ? VERSION[how] : 1), seconds);
}

/** What open ports take to say what they serve. */
function answering({ versions }: Plan, { open }: ForecastFacts, how: How): number {
  if (!versions || open === 0) return 0;
  return ANSWERING[how] * (how === 'worst' ? Math.ceil(open / AT_ONCE) : 1);
}

const unknownHosts = ({ addresses, present }: ForecastFacts, how: How): number =>
  how === 'worst' ? addresses : Math.max(1, present, Math.round(addresses / 10));

const rounded = (packets: number, seconds: number): Estimate => ({ packets: Math.round(packets), seconds: Math.round(seconds) });
