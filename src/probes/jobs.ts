import type { Address } from '../core/index.ts';
import type { ArgvFacts as ArpScanFacts } from './arp-scan/argv.ts';
import type { ArgvFacts as NmapFacts } from './nmap/build-argv.ts';

/** One run of a program that sends or receives raw packets, as typed facts: whoever runs it makes the command line by itself. */
export type Job =
  | { readonly kind: 'nmap'; readonly facts: NmapFacts; readonly budget: number }
  | { readonly kind: 'arp-scan'; readonly facts: ArpScanFacts; readonly budget: number }
  /** An echo to all nodes of a link. */
  | { readonly kind: 'echo'; readonly facts: EchoFacts; readonly budget: number }
  /** Captures until it is stopped. */
  | { readonly kind: 'capture'; readonly facts: { readonly iface: string } };

export interface EchoFacts {
  /** As the kernel names it. */
  readonly iface: string;
  /** An address of ours on it; null: its link-local one. */
  readonly source: Address | null;
}
