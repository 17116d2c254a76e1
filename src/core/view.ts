import type { Device, DeviceId } from './device.ts';
import type { UnlistedPorts } from './host.ts';
import type { Protocol } from './ports.ts';
import type { Coverage } from './scan.ts';
import type { Instant } from './time.ts';
import type { Untrusted } from './untrusted.ts';

/** What a script of the scanner printed about a host or one of its ports. */
export interface ScriptSeen {
  /** null for a script about the whole host. */
  readonly port: { readonly protocol: Protocol; readonly port: number } | null;
  readonly id: Untrusted;
  /** Lines, as printed. */
  readonly output: Untrusted;
}

/** What one view has of one device. */
export interface ViewDevice {
  /** As believed then. Of a file: made up of what the file says, its `id` the place in the file. */
  readonly device: Device;
  /** Ports that were asked and only counted: one that is in `device.asked`, and neither listed nor here, is closed. */
  readonly unlisted: readonly UnlistedPorts[];
  /** Empty where the view keeps none. */
  readonly scripts: readonly ScriptSeen[];
}

/** By what a device of a view is recognised in another one. */
export interface ViewEntry {
  /** The device as the store knows it; null in files. */
  readonly device: DeviceId | null;
  readonly macs: readonly string[];
  readonly addresses: readonly string[];
  readonly names: readonly string[];
  /** Equal fingerprints of two views made the same way mean equal devices; null: read them to know. */
  readonly fingerprint: string | null;
}

/** Where a view comes from. */
export type ViewSource = 'file' | 'scan' | 'moment' | 'baseline';

/** The network as one side of a comparison has it: what was there, and what was really asked. */
export interface View {
  readonly source: ViewSource;
  /** For people: "monday.xml", "scan 31", "192.168.1.0/24 at 2026-03-01T03:00:00Z". */
  readonly title: string;
  /** When it was so; null when nobody knows. */
  readonly at: Instant | null;
  /** Why it is not all there is: a file cut off, a scan that ended early; null when it is whole. */
  readonly partial: string | null;
  /** What was asked. Whoever is not in `entries` is only gone when this holds its address. */
  readonly coverage: Coverage;
  /** Which scripts were run, as they were chosen ("default", "ssl-cert,vuln"); null: none, so that their silence says nothing. */
  readonly scriptChoice: string | null;
  /** What the reader of a comparison should know beside it. */
  readonly warnings: readonly string[];
  /** One for each device there was. Of several that claim one MAC, address or name, the first is meant. */
  readonly entries: readonly ViewEntry[];
  /** The device of an entry. Views of large files read it from the file only now. */
  read(entry: number): ViewDevice;
  /** Lets go of the file or whatever else it stands on. */
  close(): void;
}
