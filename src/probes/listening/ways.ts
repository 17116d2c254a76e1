import { type Cause, type Clock, type Instant, type Mac, type Millis, type StopSignal } from '../../core/index.ts';
import { captureFrames } from '../capture/capture.ts';
import { readFrame } from '../capture/read-frame.ts';
import { senderOf } from '../capture/sender.ts';
import type { Machine } from '../machine/machine.ts';
import { monitorNeighbours } from '../neighbours/monitor.ts';
import type { Neighbour } from '../neighbours/neighbour.ts';
import type { Arrival, Reading } from './intake.ts';

export interface WayContext {
  readonly clock: Clock;
  readonly machine: Machine;
  readonly signal: StopSignal;
  readonly take: (iface: string, arrival: Omit<Arrival, 'now'>) => void;
  readonly onDropped: (count: number) => void;
  readonly onCommand: (command: readonly string[]) => void;
}

export interface Way {
  /** What it listens to, in words. */
  readonly name: string;
  /** Listens until the signal stops: then null. Otherwise why it cannot go on. */
  run(context: WayContext): Promise<Cause | null>;
}

export function captureOn(iface: string): Way {
  const run: Way['run'] = ({ clock, machine, signal, take, onDropped, onCommand }) => {
    const onFrame = (frame: Uint8Array, stamp: number): void => {
      // The kernel's stamp, unless the clock was set back since.
      const at: Instant = Math.floor(Math.min(stamp, clock.now()));
      take(iface, { sender: senderOf(frame), at, read: () => readSafely(frame) });
    };
    return captureFrames({ iface, machine, clock, signal, onFrame, onDropped, onCommand });
  };
  return { name: iface, run };
}

/** readFrame never throws. Should it do so all the same, one frame must not end the daemon. */
function readSafely(frame: Uint8Array): Reading {
  try {
    return readFrame(frame);
  } catch {
    return 'malformed';
  }
}

export function followNeighbours(ifaces: readonly string[]): Way {
  const run: Way['run'] = ({ clock, machine, signal, take, onCommand }) => {
    const onNeighbour = (neighbour: Neighbour | null | undefined, ago: Millis): void => {
      const iface = neighbour?.iface ?? ifaces[0];
      if (iface !== undefined)
        take(iface, { sender: senderNumber(neighbour?.mac ?? NOBODY), at: clock.now() - ago, read: () => reading(neighbour) });
    };
    return monitorNeighbours({ machine, clock, signal, onNeighbour, onCommand });
  };
  return { name: "the kernel's neighbour table", run };
}

/** Stands in for the sender of words about nobody; a budget like any other. */
const NOBODY: Mac = '00:00:00:00:00:00';

const senderNumber = (mac: Mac): number => Number.parseInt(mac.replaceAll(':', ''), 16);

function reading(neighbour: Neighbour | null | undefined): Reading {
  if (neighbour === undefined) return 'malformed';
  if (neighbour === null || neighbour.mac === null || neighbour.state !== 'REACHABLE') return 'passed';
  const { mac, address } = neighbour;
  return { way: 'neighbour', mac, address, names: [], clues: [], line: `neighbour ${address} lladdr ${mac} reachable` };
}
