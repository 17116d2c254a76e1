import type { ScanReport } from '../../core/index.ts';
import { joinParts } from '../vantage/join-parts.ts';
import type { Reach } from '../vantage/parts.ts';

/** One report of a look, and whether it went past this machine. */
export interface Piece {
  readonly reach: Reach;
  readonly report: ScanReport;
}

type Joined = Omit<ScanReport, 'startedAt' | 'finishedAt' | 'asked'>;

/** One report of all ways of looking; each observation keeps the way in its reason. */
export function joinReports(pieces: readonly Piece[]): Joined {
  const reports = pieces.map(({ report }) => report);
  const verdict = joinParts(pieces.map(({ reach, report }) => ({ part: { reach }, verdict: report })));
  return {
    outcome: verdict.outcome,
    cause: verdict.cause,
    coverage: verdict.coverage,
    observations: verdict.observations,
    warnings: [...new Set(verdict.warnings)],
    vantage: vantageOf(pieces),
    tool: toolOf(reports),
    commands: reports.flatMap(({ commands }) => commands),
    raw: rawOf(reports),
  };
}

function vantageOf(pieces: readonly Piece[]): ScanReport['vantage'] {
  const abroad = pieces.filter(({ reach }) => reach !== 'self');
  const vantages = (abroad.length === 0 ? pieces : abroad).map(({ report }) => report.vantage);
  const ifaces = new Set(vantages.map(({ iface }) => iface));
  return { iface: ifaces.size === 1 ? (vantages[0]?.iface ?? null) : null, privileged: vantages.every(({ privileged }) => privileged) };
}

/** The tools that ran, the first one first; where none did, the one that should have. */
function toolOf(reports: readonly ScanReport[]): ScanReport['tool'] {
  const ran = reports.filter(({ commands }) => commands.length > 0).map(({ tool }) => tool);
  const tools = [...new Map((ran.length > 0 ? ran : reports.map(({ tool }) => tool)).map((tool) => [tool.name, tool])).values()];
  return { name: tools.map(({ name }) => name).join(' + '), version: tools.map(({ version }) => version).join(' + ') };
}

/** Outputs of two tools make no document; of several, none is kept. */
function rawOf(reports: readonly ScanReport[]): Uint8Array | null {
  const kept = reports.flatMap(({ raw }) => (raw === null ? [] : [raw]));
  return kept.length === 1 ? (kept[0] ?? null) : null;
}
