import type { Finding, HistoryReader, Listener, Names, Prober, ReportReader } from '../core/index.ts';
import type { ListenerOptions } from './listening/listener.ts';
import type { Machine } from './machine/machine.ts';
import type { NamesOptions } from './names/names.ts';
import type { Neighbour } from './neighbours/neighbour.ts';
import type { NmapProberOptions } from './nmap/prober.ts';
import type { HostOptions, RunnerHost } from './runner/host.ts';
import type { LinkOptions, RunnerLink } from './runner/link.ts';

/** Most commands never look, ask or read: what these stand for is loaded when it is used first. */

export function createNmapProber(options: NmapProberOptions): Prober {
  const real = kept(async () => (await import('./nmap/prober.ts')).createNmapProber(options));
  return { name: 'nmap', look: async (order, news, signal) => (await real()).look(order, news, signal), ...rehearsal(real) };
}

/** What there is to look with, together: arp-scan for neighbours, nmap for the rest. `sweepRate`: frames a second, 0: no limit. */
export interface ProberOptions extends NmapProberOptions {
  readonly sweepRate?: number;
}

export function createProber(options: ProberOptions): Prober {
  const real = kept(async () => (await import('./all-ways.ts')).createAllWays(options));
  return { name: 'sweep', look: async (order, news, signal) => (await real()).look(order, news, signal), ...rehearsal(real) };
}

const rehearsal = (real: () => Promise<Prober>): Required<Pick<Prober, 'commands'>> => ({
  commands: async (order) => (await (await real()).commands?.(order)) ?? [],
});

export function createNames(options: NamesOptions): Names {
  const real = kept(async () => (await import('./names/names.ts')).createNames(options));
  return {
    addressesOf: async (hostname, signal) => (await real()).addressesOf(hostname, signal),
    nameAll: async (observations, signal, ask) => (await real()).nameAll(observations, signal, ask),
  };
}

export function createListener(options: ListenerOptions): Listener {
  return lazyListener('listen', async () => (await import('./listening/listener.ts')).createListener(options));
}

/** What is left to those who may not capture: the kernel's neighbour table. */
export function createNeighbourListener(options: ListenerOptions): Listener {
  return lazyListener('neighbours', async () => (await import('./listening/listener.ts')).createNeighbourListener(options));
}

function lazyListener(name: string, make: () => Promise<Listener>): Listener {
  let made: Listener | undefined;
  return {
    name,
    async listen(ears, signal) {
      made ??= await make();
      return made.listen(ears, signal);
    },
    get count() {
      return made?.count ?? { heard: 0, told: 0, passed: 0, malformed: 0, dropped: 0 };
    },
    get commands() {
      return made?.commands ?? [];
    },
  };
}

export function createReportReader(): ReportReader {
  const real = kept(async () => (await import('./readers/report-reader.ts')).createReportReader());
  return {
    read: async (bytes, options) => (await real()).read(bytes, options),
    readKept: async (raw, scan) => (await real()).readKept(raw, scan),
  };
}

export function createHistoryReader(): HistoryReader {
  const real = kept(async () => (await import('./readers/history/history-reader.ts')).createHistoryReader());
  return { read: async (files, options) => (await real()).read(files, options) };
}

/** What of this machine stands in the way of looking. `nmapPath`: the nmap of the config file. */
export async function diagnose(machine: Machine, nmapPath?: string | null): Promise<Finding[]> {
  return (await import('./doctor/doctor.ts')).diagnose(machine, nmapPath);
}

/** The kernel's neighbour table; null when it cannot be read. Sends nothing. */
export async function readNeighbours(machine: Machine): Promise<readonly Neighbour[] | null> {
  return (await import('./neighbours/read-neighbours.ts')).readNeighbours(machine);
}

function kept<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** The runner's side of the socket. */
export async function createRunnerHost(options: HostOptions): Promise<RunnerHost> {
  return (await import('./runner/host.ts')).createRunnerHost(options);
}

/** The daemon's side of it. */
export async function createRunnerLink(options: LinkOptions): Promise<RunnerLink> {
  return (await import('./runner/link.ts')).createRunnerLink(options);
}
