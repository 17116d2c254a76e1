import { zstdCompressSync } from 'node:zlib';
import { type Instant, type Listener, type Mac, NO_COVERAGE, type ScanReport, type Sighting, type Untrusted } from '../core/index.ts';
import { observationsOf } from './overheard.ts';

interface Hearing {
  readonly listener: Listener;
  vendorOf(mac: Mac): Untrusted | null;
}

/** What was heard on a wire as the report of a scan that asked nobody. */
export function heardReport(news: readonly Sighting[], { iface, at }: { iface: string; at: Instant }, hearing: Hearing): ScanReport {
  const { listener, vendorOf } = hearing;
  return {
    // It took no time: what was heard while an earlier commit was under way is not overtaken by it.
    startedAt: at,
    finishedAt: at,
    outcome: 'complete',
    cause: null,
    coverage: NO_COVERAGE,
    vantage: { iface, privileged: true },
    tool: { name: toolOf(listener), version: '' },
    commands: [...listener.commands],
    observations: observationsOf(news, vendorOf),
    asked: 0,
    warnings: [],
    raw: zstdCompressSync(news.map(({ way, line }) => `${way}: ${line}\n`).join('')),
  };
}

/** Who did the listening, for "why": the programs it runs. */
const toolOf = ({ name, commands }: Listener): string =>
  commands.some((words) => words.some((word) => word.endsWith('/tcpdump'))) ? 'tcpdump' : name;
