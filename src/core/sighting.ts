import type { Address } from './address.ts';
import type { Clue } from './clue.ts';
import type { HostName } from './host.ts';
import type { Mac } from './mac.ts';
import type { Cause } from './scan.ts';
import type { Instant, StopSignal } from './time.ts';

/** What gave a device away without being asked. */
export type SightingWay = 'arp' | 'dhcp' | 'mdns' | 'nd' | 'lldp' | 'cdp' | 'neighbour';

/** Somebody seen in passing: one frame, or one word of the kernel. */
export interface Sighting {
  readonly at: Instant;
  readonly iface: string;
  readonly way: SightingWay;
  /** Who sent it; never a group address. */
  readonly mac: Mac;
  /** The address it says is its own; null when it has none yet, the frame names none, or it is of no network of the interface. */
  readonly address: Address | null;
  readonly names: readonly HostName[];
  readonly clues: readonly Clue[];
  /** The frame in words, for "why": "arp who-has 10.0.0.1 tell 10.0.0.9", "dhcp request from 10.0.0.9". ASCII and ours, but for names. */
  readonly line: string;
}

/** What became of all that was heard, since the listener was made. */
export interface HeardCount {
  /** Frames and kernel words that arrived: those told, passed and malformed together. */
  readonly heard: number;
  /** Sightings made of them. */
  readonly told: number;
  /** Frames that hold nothing we look for, repeat what was told within the second, or are of a flood past the rate we take in. */
  readonly passed: number;
  readonly malformed: number;
  /** Lost before us: dropped by the kernel or the capturing program. */
  readonly dropped: number;
}

/** Where to listen, and who is told. */
export interface Ears {
  /** Interfaces; on those without hardware addresses there is nobody to be heard. */
  readonly ifaces: readonly string[];
  readonly hear: (sighting: Sighting) => void;
  /** Whether this hardware address is of somebody on the roll: they are heard in whatever flood of strangers. */
  readonly knows: (mac: Mac) => boolean;
}

/** A way of listening. Sends nothing. */
export interface Listener {
  readonly name: string;
  /**
   * Listens until the signal stops. Resolves to why it ended early (the tool is missing, it may not listen, it died too
   * often), or to null when it was stopped. It may be several tools, which it starts again by itself when they die: it
   * resolves when the first of them cannot go on, and what the others hear is told all the same, until the signal stops
   * or it is asked to listen again.
   */
  listen(ears: Ears, signal: StopSignal): Promise<Cause | null>;
  readonly count: HeardCount;
  /** The command lines it runs now, or ran last, for "why". */
  readonly commands: readonly (readonly string[])[];
}
