import type { CoverageJson, RunJson, ScanJson } from '../../contract/index.ts';
import { type Coverage, coverageText, formatPorts, type Run, type Scan } from '../../core/index.ts';
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
  const { addresses, depth, basis } = coverageText(coverage);
  const ports = Object.entries(coverage.ports).map(([protocol, set]) => [protocol, formatPorts(set)]);
  return { addresses: [...addresses], ports: Object.fromEntries(ports) as CoverageJson['ports'], depth, basis };
}

/** An argument as a POSIX shell reads it back. */
export function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

export function runToJson({ id, firstAt, lastAt, count }: Run): RunJson {
  return { id, firstAt: instantToJson(firstAt), lastAt: instantToJson(lastAt), count };
}
