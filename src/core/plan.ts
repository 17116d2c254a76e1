import type { PortSet } from './ports.ts';
import type { Millis } from './time.ts';

/** What a scan does. */
export type PlanName = 'sweep' | 'ports' | 'services' | 'deep' | 'udp';
export const PLAN_NAMES = ['sweep', 'ports', 'services', 'deep', 'udp'] as const satisfies readonly PlanName[];

export type PortChoice =
  | { readonly kind: 'top'; readonly count: number }
  | { readonly kind: 'list'; readonly ports: PortSet }
  | { readonly kind: 'all' };

/** Sets of scripts by name. `identity`: who a service is (keys, certificate, title). `safe`: also what else it tells to anybody who asks. */
export const SCRIPT_CHOICES = ['identity', 'safe'] as const;
export type ScriptChoice = (typeof SCRIPT_CHOICES)[number];

/** A plan is typed data with named options; nothing in it is ever a command line. */
export interface Plan {
  readonly name: PlanName;
  /** Which ports are asked; null asks only who is there. */
  readonly ports: PortChoice | null;
  readonly protocol: 'tcp' | 'udp';
  /** Ask open ports what they serve (-sV). */
  readonly versions: boolean;
  /** Which scripts ask open ports beside `versions`; left out: `identity`. */
  readonly scripts?: ScriptChoice;
  /** Take every address for a live host instead of asking first (-Pn). */
  readonly assumeUp: boolean;
  /** nmap's timing template; politeness caps it at 4. */
  readonly timing: 2 | 3 | 4;
  /** Packets a second at most; null leaves it to the tool. */
  readonly maxRate: number | null;
  /** Give up on one host after this long; its ports are then unknown. */
  readonly hostTimeout: Millis | null;
  /** Stop the whole scan after this long. */
  readonly budget: Millis;
}

const MINUTE = 60_000;

/** The plans as shipped (design: Plans). Options change a copy. */
export const PLANS: Readonly<Record<PlanName, Plan>> = {
  sweep: {
    name: 'sweep',
    ports: null,
    protocol: 'tcp',
    versions: false,
    assumeUp: false,
    timing: 4,
    maxRate: null,
    hostTimeout: null,
    budget: 10 * MINUTE,
  },
  ports: {
    name: 'ports',
    ports: { kind: 'top', count: 1000 },
    protocol: 'tcp',
    versions: false,
    assumeUp: false,
    timing: 4,
    maxRate: null,
    hostTimeout: 10 * MINUTE,
    budget: 120 * MINUTE,
  },
  services: {
    name: 'services',
    ports: { kind: 'top', count: 1000 },
    protocol: 'tcp',
    versions: true,
    assumeUp: false,
    timing: 4,
    maxRate: null,
    hostTimeout: 15 * MINUTE,
    budget: 240 * MINUTE,
  },
  deep: {
    name: 'deep',
    ports: { kind: 'top', count: 5000 },
    protocol: 'tcp',
    versions: true,
    assumeUp: true,
    timing: 4,
    maxRate: null,
    hostTimeout: 30 * MINUTE,
    budget: 480 * MINUTE,
  },
  // Closed ports are told by ICMP, about once a second: a thousand of them would take a quarter of an hour for each host.
  udp: {
    name: 'udp',
    ports: { kind: 'top', count: 20 },
    protocol: 'udp',
    versions: false,
    assumeUp: false,
    timing: 4,
    maxRate: 300,
    hostTimeout: 10 * MINUTE,
    budget: 120 * MINUTE,
  },
};

/** How deep a scan looked, in rising order. */
export type Depth = 'presence' | 'ports' | 'versions';

export function depthOf(plan: Plan): Depth {
  if (plan.ports === null) return 'presence';
  return plan.versions ? 'versions' : 'ports';
}
