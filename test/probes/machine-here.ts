import { createConnection } from 'node:net';
import type { Clock } from '../../src/core/index.ts';
import { behindRunner, createMachine, createRunnerLink, type Machine } from '../../src/probes/index.ts';

/** The real machine; behind the runner whose socket is named in the environment, if one is. */
export async function machineHere(clock: Clock): Promise<Machine> {
  const socket = process.env['TEST_RUNNER'];
  if (socket === undefined) return createMachine();
  const link = await createRunnerLink({ open: () => createConnection(socket), name: socket, clock });
  if (!(await link.ready(10_000))) throw new Error(`no runner at ${socket}`);
  return behindRunner(createMachine(), link);
}
