/**
 * probes: how we look. nmap as a child process, this machine's interfaces and tools, names by DNS, vendors by MAC,
 * what neighbours let slip, and readers for what other programs' scans printed.
 * Never: decides what is scanned, believes an exit code, passes on a string somebody wrote, writes to the store.
 */

export {
  createHistoryReader,
  createListener,
  createNames,
  createNeighbourListener,
  createNmapProber,
  createProber,
  createReportReader,
  createRunnerHost,
  createRunnerLink,
  diagnose,
  type ProberOptions,
  readNeighbours,
} from './first-use.ts';
export type { ListenerOptions } from './listening/listener.ts';
export type { LinkAddress } from './machine/link-addresses.ts';
export type { Link } from './machine/links.ts';
export { createMachine, type Machine, type MachineSources } from './machine/machine.ts';
export type { Route } from './machine/routes.ts';
export { readSentPackets } from './machine/sent-packets.ts';
export type { Tool, ToolName } from './machine/tools.ts';
export type { NamesOptions } from './names/names.ts';
export type { Neighbour, NeighbourState } from './neighbours/neighbour.ts';
export type { NmapProberOptions } from './nmap/prober.ts';
export { behindRunner } from './runner/behind-runner.ts';
export type { HostOptions, RunnerHost } from './runner/host.ts';
export type { LinkOptions, RunnerLink } from './runner/link.ts';
export { askPublicAddress } from './vantage/public-address.ts';
export { vendorOf } from './vendors/vendors.ts';
export { createWaker } from './wake/waker.ts';
