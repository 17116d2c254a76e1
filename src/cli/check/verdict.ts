import type { Facts } from './facts.ts';
import { findingsOf } from './findings.ts';
import type { CheckOrder } from './options.ts';
import type { AlertRange } from './range.ts';
import type { Finding, State } from './states.ts';

/** A number for graphs. */
export interface Metric {
  /** Letters only, so that it needs no quotes. */
  readonly label: string;
  readonly value: number;
  readonly unit: '' | 's';
  readonly warning: AlertRange | null;
  readonly critical: AlertRange | null;
}

/** What a check came to. */
export interface Verdict {
  readonly state: State;
  /** One line without the state. */
  readonly text: string;
  readonly details: readonly string[];
  readonly metrics: readonly Metric[];
}

/** The worst first: what is critical, what is to be warned of, what nobody can say. Guidelines of the plugins have it so. */
const WORST: readonly State[] = ['CRITICAL', 'WARNING', 'UNKNOWN', 'OK'];

/** Judges the facts. What was seen too long ago, or from a blind place, proves nothing: then all of it is unknown. */
export function verdictOf(facts: Facts, order: CheckOrder): Verdict {
  const { blindness, findings } = findingsOf(facts, order);
  const present = facts.counted.filter(({ presence }) => presence === 'present').length;
  const here = `${present} ${present === 1 ? 'host' : 'hosts'} present`;
  const metrics = metricsOf(facts, order, present);
  if (blindness.length > 0)
    return {
      state: 'UNKNOWN',
      text: `${textOf(blindness)} - last known: ${here}`,
      details: detailsOf([...blindness, ...findings]),
      metrics,
    };
  const state = WORST.find((one) => findings.some((finding) => finding.state === one)) ?? 'OK';
  const sorted = findings.toSorted((a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state));
  return { state, text: [here, ...sorted.map(({ text }) => text)].join(', '), details: detailsOf(sorted), metrics };
}

const textOf = (findings: readonly Finding[]): string => findings.map(({ text }) => text).join(', ');
const detailsOf = (findings: readonly Finding[]): string[] => findings.flatMap(({ details }) => details);

function metricsOf({ counted, roster, fresh, drift, incidents, looks, now }: Facts, order: CheckOrder, present: number): Metric[] {
  const count = (wanted: string): number => counted.filter(({ presence }) => presence === wanted).length;
  const ages = looks.flatMap(({ at }) => (at === null ? [] : [Math.max(0, now - at)]));
  return [
    { ...plain('present', present), warning: order.warning, critical: order.critical },
    plain('away', count('away')),
    plain('unknown', count('unknown')),
    ...(roster ? [plain('missing', roster.missing.length)] : []),
    ...(fresh ? [plain('new', fresh.length)] : []),
    ...(drift ? [plain('drift', drift.items.length)] : []),
    ...(incidents ? [plain('incidents', incidents.length)] : []),
    ...(ages.length > 0 ? [{ ...plain('age', Math.round(Math.max(...ages) / 1000)), unit: 's' as const }] : []),
  ];
}

const plain = (label: string, value: number): Metric => ({ label, value, unit: '', warning: null, critical: null });
