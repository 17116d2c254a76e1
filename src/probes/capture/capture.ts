import type { Cause, Clock, Millis, StopSignal } from '../../core/index.ts';
import type { Machine } from '../machine/machine.ts';
import { keepRunning } from '../processes/keep-running.ts';
import { type Launch, launchHere, type RunEnd } from '../processes/launch.ts';
import { createPcapReader, type OnFrame } from './pcap.ts';
import { captureCommand } from './tcpdump-argv.ts';
import { createTcpdumpWords, type TcpdumpWords, whyEnded } from './tcpdump-words.ts';

export interface Capture {
  readonly iface: string;
  readonly machine: Machine;
  readonly clock: Clock;
  readonly signal: StopSignal;
  readonly onFrame: OnFrame;
  /** Gets how many more frames were lost before us than at the last call. */
  readonly onDropped: (count: number) => void;
  /** Gets the command line before it is run. */
  readonly onCommand: (command: readonly string[]) => void;
}

/** How often tcpdump is asked how much the kernel had no room for. */
const ASK_EVERY: Millis = 5000;

/** Captures what comes in on an interface until the signal stops: then null. Otherwise why it cannot go on. */
export async function captureFrames(capture: Capture): Promise<Cause | null> {
  const { iface, machine, clock, signal, onFrame, onDropped, onCommand } = capture;
  const tool = await machine.tool('tcpdump');
  if (tool === null) return missing(iface, 'is not installed');
  const { command, launch } = await captureBy(machine, tool.path, { iface, clock });
  onCommand(command);
  return keepRunning({
    launch,
    clock,
    signal,
    attend({ kill, over }) {
      const pcap = createPcapReader(onFrame);
      const words = createTcpdumpWords();
      const tellDropped = dropTeller(words, onDropped);
      void askForDrops({ words, kill: () => kill('SIGUSR1'), clock, over });
      return {
        read: (chunk) => pcap.write(chunk),
        complain(chunk) {
          words.write(chunk);
          tellDropped();
        },
        why: (end) =>
          isMissing(end) ? missing(iface, `could not be started: ${reasonOf(end, words)}`) : whyEnded(iface, reasonOf(end, words)),
      };
    },
    retry({ code }) {
      if (code === 'no-privilege' || code === 'tool-missing') return 'never';
      return code === 'tool-failed' ? 'seldom' : 'always';
    },
  });
}

/** tcpdump by the runner, or from here on a leash of its own. */
async function captureBy(machine: Machine, tcpdump: string, { iface, clock }: Pick<Capture, 'iface' | 'clock'>): Promise<Capturing> {
  const { runner } = machine;
  if (runner?.expected())
    return { command: captureCommand(tcpdump, { iface, leash: [] }), launch: runner.launch({ kind: 'capture', facts: { iface } }) };
  const command = captureCommand(tcpdump, { iface, leash: await machine.leash() });
  return { command, launch: launchHere(command, clock) };
}

interface Capturing {
  readonly command: readonly string[];
  readonly launch: Launch;
}

const missing = (iface: string, text: string): Cause => ({ code: 'tool-missing', text: `listening on ${iface}: tcpdump ${text}` });

/** It was there when it was looked for. The leash starts it by exec; its own exit codes for that are a shell's. */
const isMissing = ({ code, startFailure }: RunEnd): boolean => /ENOENT|EACCES/.test(startFailure ?? '') || code === 127 || code === 126;

function dropTeller(words: TcpdumpWords, onDropped: (count: number) => void): () => void {
  let told = 0;
  return () => {
    if (words.dropped > told) onDropped(words.dropped - told);
    told = Math.max(told, words.dropped);
  };
}

/** Only once it listens: before, the signal would end it. */
async function askForDrops(talk: { words: TcpdumpWords; kill: () => void; clock: Clock; over: AbortSignal }): Promise<void> {
  while (!talk.over.aborted) {
    await talk.clock.sleep(ASK_EVERY, talk.over);
    if (!talk.over.aborted && talk.words.listening) talk.kill();
  }
}

function reasonOf({ code, signal, startFailure }: RunEnd, { complaint }: TcpdumpWords): string {
  if (startFailure !== null) return startFailure;
  return complaint === '' ? (signal ?? `exit code ${code}`) : complaint;
}
