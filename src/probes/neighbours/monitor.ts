import type { Cause, Clock, Millis, StopSignal } from '../../core/index.ts';
import type { Machine } from '../machine/machine.ts';
import { keepRunning } from '../processes/keep-running.ts';
import { launchHere, type RunEnd } from '../processes/launch.ts';
import { parseMonitorLine } from './monitor-line.ts';
import type { Neighbour } from './neighbour.ts';
import { readNeighbours } from './read-neighbours.ts';

export interface Monitor {
  readonly machine: Machine;
  readonly clock: Clock;
  readonly signal: StopSignal;
  /**
   * Gets each entry as the kernel changes it, null for one it removed, undefined for a line that makes no sense. `ago`: how
   * long before it was heard, in ms.
   */
  readonly onNeighbour: (neighbour: Neighbour | null | undefined, ago: Millis) => void;
  /** Gets the command line before it is run. */
  readonly onCommand: (command: readonly string[]) => void;
}

/** A line of the monitor is about 80 long. */
const LONGEST_LINE = 1000;

/**
 * Follows the kernel's neighbour table until the signal stops: then null. Otherwise why it cannot go on. Whoever is
 * reachable at the start, and at each new start, is told with how long ago it was heard: that may have been elsewhere (R5).
 */
export async function monitorNeighbours({ machine, clock, signal, onNeighbour, onCommand }: Monitor): Promise<Cause | null> {
  const tool = await machine.tool('ip');
  if (tool === null) return { code: 'tool-missing', text: 'following the neighbour table: ip (iproute2) is not installed' };
  const command = [...(await machine.leash()), tool.path, '-o', 'monitor', 'neigh'];
  onCommand(command);
  return keepRunning({
    launch: launchHere(command, clock),
    clock,
    signal,
    attend({ over }) {
      void tellReachable(machine, (neighbour, ago) => {
        if (!over.aborted) onNeighbour(neighbour, ago);
      });
      return {
        read: createLines((line) => onNeighbour(parseMonitorLine(line), 0)),
        complain() {},
        why: (end) => ({ code: 'tool-failed', text: `following the neighbour table: ip ended (${reasonOf(end)})` }),
      };
    },
    retry: () => 'seldom',
  });
}

/** The kernel believes so long that somebody is reachable, at most, unless it was told otherwise (base_reachable_time). */
const LONGEST_REACHABLE: Millis = 45_000;

async function tellReachable(machine: Machine, tell: (neighbour: Neighbour, ago: Millis) => void): Promise<void> {
  for (const neighbour of (await readNeighbours(machine)) ?? [])
    if (neighbour.state === 'REACHABLE') tell(neighbour, neighbour.ago ?? LONGEST_REACHABLE);
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
