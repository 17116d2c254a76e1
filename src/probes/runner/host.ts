import type { Duplex } from 'node:stream';
import { createToolFinder } from './command-of.ts';
import { createDesk, type Desk } from './desk.ts';
import type { StartOptions } from './prepared.ts';

export interface HostOptions extends Omit<StartOptions, 'toolOf'> {
  /** The nmap of the runner's own config; null finds one. */
  readonly nmapPath: string | null;
}

export interface RunnerHost {
  /** Takes orders from whoever is at the other end, until that goes. */
  serve(connection: Duplex): void;
  /** Ends all that runs; resolves when it is gone. */
  close(): Promise<void>;
}

/** Who may give orders at once: a daemon, one that takes its place, and some single commands. */
const MOST_DESKS = 8;
/** Programs at once, whoever ordered them: eight abreast for some segments, and a listener for each interface. */
const MOST_JOBS = 64;

/** Does typed jobs for whoever is connected. It believes none of them more than a stranger. */
export function createRunnerHost(options: HostOptions): RunnerHost {
  const desks = new Set<Desk>();
  const toolOf = createToolFinder(options.machine, options.nmapPath);
  const running = (): number => [...desks].reduce((sum, desk) => sum + desk.jobs, 0);
  return {
    serve(connection) {
      if (desks.size >= MOST_DESKS) {
        options.log(`refused a connection: ${MOST_DESKS} are open`);
        connection.destroy();
        return;
      }
      const desk = createDesk(connection, { ...options, toolOf, isFull: () => running() >= MOST_JOBS });
      desks.add(desk);
      void desk.closed.then(() => desks.delete(desk));
    },
    async close() {
      const open = [...desks];
      for (const desk of open) desk.end();
      await Promise.all(open.map(({ closed }) => closed));
    },
  };
}
