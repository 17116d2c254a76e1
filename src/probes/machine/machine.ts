import type { Network } from '../../core/index.ts';
import type { Starting } from '../processes/launch.ts';
import { type Link, readLinks } from './links.ts';
import { networksOf } from './networks.ts';
import { readPrivileged } from './privileges.ts';
import { type Route, readRoutes } from './routes.ts';
import { createToolbox, type Tool, type ToolName } from './tools.ts';

/** What the probes need to know of the computer they run on; injectable, so that tests can lie. */
export interface Machine extends Starting {
  /** Interfaces as they are now, down ones included. */
  links(): Promise<readonly Link[]>;
  /** Networks this machine has an address in, whether their interface is up or not. */
  networks(): Promise<readonly Network[]>;
  /** The kernel's main routing table; null where this system does not show it. */
  routes(): Promise<readonly Route[] | null>;
  /** Whether programs started from here may send raw packets (ARP, SYN). */
  privileged(): boolean;
  /** A program by name, with its version; null when it is not installed. */
  tool(name: ToolName): Promise<Tool | null>;
}

/** Where the facts come from; tests point these at made-up trees. */
export interface MachineSources {
  readonly sysfs?: string;
  readonly procfs?: string;
  /** Directories searched for programs, joined by colons. */
  readonly path?: string;
}

/** The machine we run on. */
export function createMachine(sources: MachineSources = {}): Machine {
  const sysfs = sources.sysfs ?? '/sys';
  const procfs = sources.procfs ?? '/proc';
  const toolbox = createToolbox(sources.path);
  const links = (): Promise<readonly Link[]> => readLinks(sysfs, toolbox.find('ip'));
  return {
    links,
    networks: async () => networksOf(await links()),
    routes: async () => readRoutes(procfs),
    privileged: () => readPrivileged(procfs),
    tool: toolbox.tool,
    leash: toolbox.leash,
  };
}
