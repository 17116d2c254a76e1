import type { CoverageJson, RunJson, RunningScanJson, ScanJson } from '../../contract/index.ts';
import { type Coverage, coverageText, formatPorts, type PortsAsked, type Run, type Scan } from '../../core/index.ts';
import type { RunningScan } from '../../watch/index.ts';
import { instantOrNull, instantToJson } from '../moment.ts';

export function scanToJson(scan: Scan): ScanJson {
  const { id, site, target, subject, plan, outcome, cause, tool, asked, up, changes } = scan;
  const first = scan.commands[0];
  return {
    id,
    site,
    target,
    subject,
    plan,
    startedAt: instantToJson(scan.startedAt),
    finishedAt: instantOrNull(scan.finishedAt),
    outcome,
    cause: cause && { code: cause.code, text: cause.text },
    coverage: scan.coverage && coverageToJson(scan.coverage),
    command: first ? first.map(quoted).join(' ') : null,
    commands: scan.commands.map((command) => [...command]),
    privileged: scan.vantage?.privileged ?? null,
    iface: scan.vantage?.iface ?? null,
    tool: tool && { name: tool.name, version: tool.version },
    asked,
    up,
    changes,
  };
}

function coverageToJson(coverage: Coverage): CoverageJson {
  const { addresses, apart, depth, basis } = coverageText(coverage);
  const lots = apart?.map((lot) => ({ addresses: [...lot.addresses], ports: portsToJson(lot.ports) }));
  return { addresses: [...addresses], ports: portsToJson(coverage.ports), ...(lots && { apart: lots }), depth, basis };
}

export function portsToJson(ports: PortsAsked): CoverageJson['ports'] {
  return Object.fromEntries(Object.entries(ports).map(([protocol, set]) => [protocol, formatPorts(set)]));
}

/** An argument as a POSIX shell reads it back. */
export function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

export function runToJson({ id, firstAt, lastAt, count }: Run): RunJson {
  return { id, firstAt: instantToJson(firstAt), lastAt: instantToJson(lastAt), count };
}

export function runningToJson({ scan, progress }: RunningScan): RunningScanJson {
  return { scan: scanToJson(scan), progress: progress && { ...progress } };
}
