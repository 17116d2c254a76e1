import { arpScanArgv } from '../arp-scan/argv.ts';
import { captureCommand } from '../capture/tcpdump-argv.ts';
import type { Job } from '../jobs.ts';
import type { Machine } from '../machine/machine.ts';
import { buildArgv } from '../nmap/build-argv.ts';
import { echoArgv } from '../sweep/echo-argv.ts';

const TOOLS = { nmap: 'nmap', 'arp-scan': 'arp-scan', echo: 'ping', capture: 'tcpdump' } as const;

/** Finds programs by the kind of job, once: to ask one for its version each minute costs more than it tells. */
export function createToolFinder(machine: Machine, nmapPath: string | null): (kind: Job['kind']) => Promise<string | null> {
  const found = new Map<Job['kind'], string>();
  return async (kind) => {
    const path = found.get(kind) ?? (kind === 'nmap' && nmapPath !== null ? nmapPath : (await machine.tool(TOOLS[kind]))?.path);
    if (path !== undefined) found.set(kind, path);
    return path ?? null;
  };
}

/** The whole command of a job, made of nothing but its facts, the program's path and the leash. */
export function commandOf(job: Job, tool: string, leash: readonly string[]): readonly string[] {
  if (job.kind === 'capture') return captureCommand(tool, { iface: job.facts.iface, leash });
  return [...leash, tool, ...argvOf(job)];
}

function argvOf(job: Exclude<Job, { kind: 'capture' }>): readonly string[] {
  if (job.kind === 'nmap') return buildArgv(job.facts);
  return job.kind === 'arp-scan' ? arpScanArgv(job.facts) : echoArgv(job.facts);
}

export const missingTool = (kind: Job['kind']): string => `ENOENT: the runner finds no ${TOOLS[kind]}`;
