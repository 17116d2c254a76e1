import { type AddressRange, countAddresses, hostsAbreast, hostTimeoutOf, type Pace, type Plan, rateOf, UNPACED } from '../../core/index.ts';

interface PaceFacts {
  readonly plan: Plan;
  readonly ranges: readonly AddressRange[];
  readonly local: boolean;
  readonly pace?: Pace;
}

/**
 * How nmap is kept from hurting anybody. --max-rate holds for all its packets together, --scan-delay for those to each host
 * (both measured, decision 0025); neither holds for what -sV and scripts say once a port is open. The loopback needs no
 * sparing, and all its ports at 1000/s would take a minute.
 */
export function paceArgs({ plan, ranges, local, pace = UNPACED }: PaceFacts): string[] {
  const timeout = hostTimeoutOf(plan, local ? UNPACED : pace);
  const giveUp = timeout === null ? [] : ['--host-timeout', `${count(timeout, WEEK)}ms`];
  if (local) return giveUp;
  const rate = rateOf(plan, pace);
  const abreast = hostsAbreast(plan, pace);
  const many = abreast !== null && Number(countAddresses(ranges)) > abreast;
  return [
    ...(rate === null ? [] : ['--max-rate', count(rate, 1_000_000)]),
    ...(pace.perHost === null || plan.ports === null ? [] : ['--scan-delay', delay(pace.perHost)]),
    ...(pace !== UNPACED && many ? ['--max-hostgroup', count(abreast, 1024)] : []),
    ...giveUp,
  ];
}

/** Between two packets to the same host. */
const delay = (perHost: number): string => `${count(Math.ceil(1000 / Math.max(1, perHost)), 10_000)}ms`;

const WEEK = 7 * 86_400_000;

/** A whole number in digits, from 1 to the most; whatever else arithmetic or JSON made of it counts as 1. */
export function count(number: number, most: number): string {
  return String(Math.min(most, Math.max(1, Math.trunc(number) || 1)));
}
