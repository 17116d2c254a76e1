import type { Cause, Clock, StopSignal } from '../../core/index.ts';
import type { Machine } from '../machine/machine.ts';
import { keepRunning, type RunEnd } from '../processes/keep-running.ts';
import { parseMonitorLine } from './monitor-line.ts';
import type { Neighbour } from './neighbour.ts';
import { readNeighbours } from './read-neighbours.ts';

export interface Monitor {
  readonly machine: Machine;
  readonly clock: Clock;
  readonly signal: StopSignal;
  /** Gets each entry as the kernel changes it, null for one it removed, undefined for a line that makes no sense. */
  readonly onNeighbour: (neighbour: Neighbour | null | undefined) => void;
  /** Gets the command line before it is run. */
  readonly onCommand: (command: readonly string[]) => void;
}

/** A line of the monitor is about 80 long. */
const LONGEST_LINE = 1000;

/**
 * Follows the kernel's neighbour table until the signal stops: then null. Otherwise why it cannot go on. Whoever is
 * reachable at the start, and at each new start, is told as if it had just changed.
 */
export async function monitorNeighbours({ machine, clock, signal, onNeighbour, onCommand }: Monitor): Promise<Cause | null> {
  const tool = await machine.tool('ip');
  if (tool === null) return { code: 'tool-missing', text: 'following the neighbour table: ip (iproute2) is not installed' };
  const argv = [...(await machine.leash()), tool.path, '-o', 'monitor', 'neigh'];
  const command = argv as unknown as [string, ...string[]];
  onCommand(command);
  return keepRunning({
    command,
    clock,
    signal,
    attend({ over }) {
      void tellReachable(machine, (neighbour) => {
        if (!over.aborted) onNeighbour(neighbour);
      });
      return {
        read: createLines((line) => onNeighbour(parseMonitorLine(line))),
        complain() {},
        why: (end) => ({ code: 'tool-failed', text: `following the neighbour table: ip ended (${reasonOf(end)})` }),
      };
    },
    retry: () => 'seldom',
  });
}

async function tellReachable(machine: Machine, tell: (neighbour: Neighbour) => void): Promise<void> {
  for (const neighbour of (await readNeighbours(machine)) ?? []) if (neighbour.state === 'REACHABLE') tell(neighbour);
}

function createLines(onLine: (line: string) => void): (chunk: Uint8Array) => boolean {
  const decoder = new TextDecoder();
  let pending = '';
  return (chunk) => {
    const lines = (pending + decoder.decode(chunk, { stream: true })).split('\n');
    pending = (lines.pop() as string).slice(0, LONGEST_LINE);
    for (const line of lines) onLine(line);
    return true;
  };
}

const reasonOf = ({ code, signal, startFailure }: RunEnd): string => startFailure ?? signal ?? `exit code ${code}`;
