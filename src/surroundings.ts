import { createConnection } from 'node:net';
import type { Address, Clock, Listener, Network } from './core/index.ts';
import { rangesHold } from './core/index.ts';
import {
  askPublicAddress,
  behindRunner,
  createListener,
  createMachine,
  createNeighbourListener,
  createRunnerLink,
  diagnose,
  type Machine,
  readNeighbours,
  readSentPackets,
} from './probes/index.ts';
import type { Log, Surroundings } from './watch/index.ts';

/** How often the list of this machine's networks is read anew. */
const LOOK_AROUND = 15_000;
/** How often the routing table is read: two small files of the kernel. */
const REROUTE = 1000;

/** Who may not capture frames still hears of those this machine talks to. */
export const earsOf = (machine: Machine, clock: Clock): Listener =>
  machine.privileged() ? createListener({ machine, clock }) : createNeighbourListener({ machine, clock });

/** This machine, and what ends with the program that asked for it. */
export interface Standing {
  readonly machine: Machine;
  end(): void;
}

/** How long a start waits for a runner that it was told of. */
const RUNNER_PATIENCE = 10_000;

/** This machine, with the runner that opens raw sockets for us where one is named. Without it we look by what this process may itself. */
export async function standHere(runner: string | undefined, { clock, log }: { clock: Clock; log: Log }): Promise<Standing> {
  if (runner === undefined) return { machine: createMachine(), end() {} };
  const link = await createRunnerLink({
    open: () => createConnection(runner),
    name: runner,
    clock,
    onTurn: (there) => (there ? log.info({ runner }, 'the runner is there') : log.warn({ runner }, 'the runner is gone')),
  });
  if (!(await link.ready(RUNNER_PATIENCE))) log.warn({ runner }, 'the runner does not answer: until it does, no raw packets');
  return { machine: behindRunner(createMachine(), link), end: () => link.close() };
}

/** The keeper's view of this machine; the list of networks is refreshed in the background while the process lives. */
export async function lookAround(machine: Machine, nmap: string | null): Promise<Surroundings> {
  let networks: readonly Network[] = await machine.networks();
  let gateways = await gatewaysOf(machine);
  const refresh = async (): Promise<void> => {
    networks = await machine.networks().catch(() => networks);
  };
  // Whoever comes to another network has other routers, and the next look is judged by them.
  const reroute = async (): Promise<void> => {
    gateways = await gatewaysOf(machine).catch(() => gateways);
  };
  setInterval(() => void refresh(), LOOK_AROUND).unref();
  setInterval(() => void reroute(), REROUTE).unref();
  return {
    networks: () => networks,
    ifaceOf: (range) =>
      networks.find((network) => rangesHold([network.range], { family: range.family, value: range.first }))?.iface ?? null,
    gateways: () => gateways,
    privileged: () => machine.privileged(),
    diagnose: () => diagnose(machine, nmap),
    cardAt: async (address) => (await readNeighbours(machine))?.find((one) => one.address === address)?.mac ?? null,
    publicAddress: askPublicAddress,
    sentPackets: () => readSentPackets(),
  };
}

/** Routers through which this machine reaches the rest of the world. */
async function gatewaysOf(machine: Machine): Promise<readonly Address[]> {
  const routes = (await machine.routes()) ?? [];
  return [...new Set(routes.flatMap(({ via }) => via ?? []))];
}
