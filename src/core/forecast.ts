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

function estimate(plan: Plan, facts: ForecastFacts, how: 'likely' | 'worst'): Estimate {
  const { answers, silent } = facts.attached ? ASKING.attached : ASKING.routed;
  const present = Math.min(facts.addresses, facts.known ? facts.present : unknownHosts(facts, how));
  const presence = plan.assumeUp ? 0 : present * answers + (facts.addresses - present) * silent;
  const rate = rateOf(plan, facts.pace) ?? UNLIMITED;
  if (plan.ports === null) {
    const asked = how === 'likely' ? presence : facts.addresses * silent;
    return rounded(asked, asked / ((facts.attached ? facts.sweepRate : rate) ?? UNLIMITED) + STARTING);
  }
  // With -Pn whoever is silent is asked for every port, too.
  const others = plan.assumeUp ? facts.addresses - present : 0;
  const ports = portsOf(plan.ports);
  const perPort = how === 'worst' ? AGAIN : 1;
  const asked = present * ports * perPort + others * ports * AGAIN;
  const open = facts.open * (plan.versions ? VERSION[how] : 1);
  const answering = plan.versions && facts.open > 0 ? ANSWERING[how] * (how === 'worst' ? Math.ceil(facts.open / AT_ONCE) : 1) : 0;
  const hosts = present + others;
  const abreast = Math.min(hosts, hostsAbreast(plan, facts.pace) ?? hosts) || 1;
  const groups = Math.ceil(hosts / abreast);
  const alone = facts.pace.perHost === null ? 0 : (groups * ports * perPort) / facts.pace.perHost;
  const seconds = presence / rate + Math.max(asked / rate, alone) + groups * ROUND + answering + STARTING;
  return rounded(presence + asked + open, seconds);
}

const unknownHosts = ({ addresses, present }: ForecastFacts, how: 'likely' | 'worst'): number =>
  how === 'worst' ? addresses : Math.max(1, present, Math.round(addresses / 10));

const rounded = (packets: number, seconds: number): Estimate => ({ packets: Math.round(packets), seconds: Math.round(seconds) });
