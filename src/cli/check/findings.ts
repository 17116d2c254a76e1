import type { DeviceJson, DriftJson, IncidentJson } from '../../contract/index.ts';
import { formatDuration, type Instant } from '../../core/index.ts';
import type { Facts } from './facts.ts';
import type { TargetLook } from './looks.ts';
import type { CheckOrder, Matter } from './options.ts';
import { few, foreign, foreignReason } from './plain.ts';
import { type AlertRange, alerts, wrongBy } from './range.ts';
import type { Finding } from './states.ts';

/** Everything wrong, and apart from it whatever keeps us from seeing. */
export function findingsOf(
  facts: Facts,
  order: CheckOrder,
): { readonly blindness: readonly Finding[]; readonly findings: readonly Finding[] } {
  const { roster, fresh, drift, incidents } = facts;
  return {
    blindness: facts.looks.flatMap((look) => blindnessOf(look, facts.now)),
    findings: [
      ...countFindings(facts.counted, order),
      ...(roster
        ? [...named('CRITICAL', 'missing', roster.missing), ...named('UNKNOWN', 'nobody can say whether here is', roster.unsure)]
        : []),
      ...(fresh ? named(levelOf(order, 'new'), 'new', fresh.map(deviceName)) : []),
      ...(drift ? driftFindings(drift, levelOf(order, 'drift')) : []),
      ...(incidents ? incidentFindings(incidents, levelOf(order, 'incidents')) : []),
    ],
  };
}

const levelOf = ({ critically }: CheckOrder, matter: Matter): 'CRITICAL' | 'WARNING' => (critically.has(matter) ? 'CRITICAL' : 'WARNING');

function blindnessOf({ target, at, stale, blind, why }: TargetLook, now: Instant): Finding[] {
  const unknown = (text: string): Finding[] => [
    { state: 'UNKNOWN', text, details: why === null ? [] : [`${target}: ${foreignReason(why)}`] },
  ];
  if (blind !== null) return unknown(`cannot see ${target}: ${foreignReason(blind)}`);
  if (at === null) return unknown(`nobody has looked at ${target} yet${because(why)}`);
  if (stale === null) return unknown('nothing is watched, and no --stale says how old a look may be');
  const age = now - at;
  if (age <= stale) return [];
  return unknown(`the newest look at ${target} is ${roughly(age)} old, and ${formatDuration(stale)} is the most${because(why)}`);
}

const because = (why: string | null): string => (why === null ? '' : `: ${foreignReason(why)}`);

/** In whole seconds: nobody needs more. */
const roughly = (length: number): string => formatDuration(Math.max(1000, Math.round(length / 1000) * 1000));

/** Critical says it all; a warning beside it would say the same twice. Whoever is unknown may be here, so that is told with too few. */
function countFindings(counted: readonly DeviceJson[], { warning, critical }: CheckOrder): Finding[] {
  const count = (wanted: string): number => counted.filter(({ presence }) => presence === wanted).length;
  const [present, unknown] = [count('present'), count('unknown')];
  const finding = (state: Finding['state'], range: AlertRange): Finding[] => {
    const unsure = present < range.from && unknown > 0 ? `, of ${unknown} more nobody can say` : '';
    return [{ state, text: `${wrongBy(range, present)}${unsure}`, details: [] }];
  };
  if (critical !== null && alerts(critical, present)) return finding('CRITICAL', critical);
  if (warning !== null && alerts(warning, present)) return finding('WARNING', warning);
  return [];
}

function named(state: Finding['state'], what: string, names: readonly string[]): Finding[] {
  if (names.length === 0) return [];
  const clean = names.map(foreign);
  return [{ state, text: `${what}: ${few(clean)}`, details: clean.map((name) => `${what}: ${name}`) }];
}

/** What people call it, and where it is. */
function deviceName({ id, name, addresses, macs }: DeviceJson): string {
  const where = addresses[0] ?? macs[0] ?? `device ${id}`;
  return name === null || name === where ? where : `${name} at ${where}`;
}

function driftFindings({ items }: DriftJson, state: Finding['state']): Finding[] {
  if (items.length === 0) return [];
  const lines = items.map(({ kind, device, port, reason }) => {
    const who = device.name ?? device.addresses[0] ?? device.macs[0] ?? 'a device';
    const place = port === null ? '' : ` ${port.port}/${port.protocol}`;
    return `${foreign(`${who}${place}`)}: ${kind}, ${foreignReason(reason)}`;
  });
  const names = [...new Set(items.map(({ device }) => foreign(device.name ?? device.addresses[0] ?? device.macs[0] ?? 'a device')))];
  return [{ state, text: `${items.length} not as approved: ${few(names)}`, details: lines }];
}

/** What is critical to whoever is told of it is critical here, too. */
function incidentFindings(incidents: readonly IncidentJson[], usual: 'CRITICAL' | 'WARNING'): Finding[] {
  if (incidents.length === 0) return [];
  const state = incidents.some(({ urgency }) => urgency === 'critical') ? 'CRITICAL' : usual;
  const count = `${incidents.length} open ${incidents.length === 1 ? 'incident' : 'incidents'}`;
  const details = incidents.map(({ id, rule, title }) => `incident ${id}, ${rule}: ${foreignReason(title)}`);
  return [
    {
      state,
      text: `${count}: ${few(
        incidents.map(({ title }) => foreign(title)),
        3,
      )}`,
      details,
    },
  ];
}
