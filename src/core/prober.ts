import type { Address, AddressRange } from './address.ts';
import type { Guard } from './guard.ts';
import type { Observation } from './host.ts';
import type { Mac } from './mac.ts';
import type { Pace } from './pace.ts';
import type { Plan } from './plan.ts';
import type { Lot, ScanReport } from './scan.ts';
import type { Instant, StopSignal } from './time.ts';
import type { ScriptSeen } from './view.ts';

/** What to look at, and how. Addresses are already judged to be in scope. */
export interface LookOrder {
  readonly plan: Plan;
  readonly addresses: readonly AddressRange[];
  /** Interface to look from; null finds one per network by route. */
  readonly iface: string | null;
  /** Ask these addresses, {@link MOST_THOROUGH} at most, by every way there is, several times each: before anybody is said to have left. */
  readonly thorough?: boolean;
  /**
   * Asks each lot its own ports and no others, in place of the plan's: exact pairs of host and port. No pair is in two lots;
   * together they hold `addresses`.
   */
  readonly apart?: readonly Lot[];
  /** Somebody was seen at these addresses lately; only a hint, for ways of looking that can use one. */
  readonly expected?: readonly { readonly address: Address; readonly mac: Mac | null }[];
  /** Text of the target it is for; left out: of none. */
  readonly target?: string;
  /** What whoever ordered it expects of where we stand. Judged by the governor, not by ways of looking. */
  readonly guard?: Guard;
  /** Whoever ordered it wants it in quiet hours, too. */
  readonly now?: boolean;
  /** A roll call of those who were just asked for ports. */
  readonly afterwards?: boolean;
  /** Set by the governor; left out: as the plan says. */
  readonly pace?: Pace;
  /** Set by the governor: ports that a question may break are asked what they serve like others. */
  readonly fragile?: boolean;
}

/** Addresses of a thorough look: a silent one costs seconds. */
export const MOST_THOROUGH = 32;

/** News while a look is under way: for progress bars, never for truth. */
export type LookNews =
  | {
      readonly kind: 'progress' /** 0..1 */;
      readonly done: number /** whole seconds left, null when the tool cannot say */;
      readonly secondsLeft: number | null;
      readonly task: string;
    }
  | { readonly kind: 'host'; readonly observation: Observation };

/** A way of looking. Always resolves: whatever goes wrong is the outcome of its report. */
export interface Prober {
  readonly name: string;
  look(order: LookOrder, news: (item: LookNews) => void, signal: StopSignal): Promise<ScanReport>;
  /**
   * The exact commands, argument by argument, that a look for ports would run as things are now; nothing is run. Those of a
   * sweep are found only while it runs. Left out by ways of looking that cannot tell before.
   */
  commands?(order: LookOrder): Promise<readonly (readonly string[])[]>;
}

/** Reads what another program's scan printed. Refuses with a Fault what it cannot make sense of. */
export interface ReportReader {
  /** `coverage`: addresses the user says were scanned, when the text does not tell. `now` stands in for a missing time. */
  read(
    bytes: AsyncIterable<Uint8Array>,
    options: { readonly covers: readonly AddressRange[] | null; readonly now: number },
  ): Promise<ScanReport>;
  /** Reads what a scan kept of its tool's output, which `documents` processes wrote. null when it is too large, or not nmap's XML. */
  readKept(raw: Uint8Array, scan: { readonly finishedAt: Instant; readonly documents: number }): Promise<KeptOutput | null>;
}

/** What the kept output of a scan says, judged by nobody: outcome and coverage are those of the scan. */
export interface KeptOutput {
  readonly hosts: readonly { readonly observation: Observation; readonly scripts: readonly ScriptSeen[] }[];
  /** Which scripts were run ("default", "ssl-cert,vuln"); null: none. */
  readonly scriptChoice: string | null;
  readonly warnings: readonly string[];
}

/** Turns host names into addresses and addresses into names, within a bounded time. */
export interface Names {
  /** Addresses of a host name; empty when it does not resolve. */
  addressesOf(hostname: string, signal: StopSignal): Promise<readonly string[]>;
  /** Adds names to observations that have none; those nobody answered for, or was asked for this time, stay null. */
  nameAll(observations: readonly Observation[], signal: StopSignal, ask?: NameAsk): Promise<readonly Observation[]>;
}

export interface NameAsk {
  /** Ask whoever was asked lately, too: for a look at one device. */
  readonly fresh?: boolean;
  /** Where these hosts were seen; without it nobody is asked at a link-local address of IPv6. null: unknown. */
  readonly iface?: string | null;
  /** Whether the host itself may be asked; left out: all may. Servers are asked either way. */
  readonly mayAsk?: (seen: Observation) => boolean;
}

/** An interface of this machine with a network behind it, as offered to the user and judged by the scope. */
export interface Network {
  readonly iface: string;
  /** The block, canonical ("192.168.1.0/24"). */
  readonly block: string;
  readonly range: AddressRange;
  readonly loopback: boolean;
}

/** One line of the self-test that `rollcall doctor` and the start of the daemon show. */
export interface Finding {
  readonly level: 'fine' | 'limited' | 'broken';
  readonly topic: string;
  readonly text: string;
  /** What to do about it; null when fine. */
  readonly remedy: string | null;
}
