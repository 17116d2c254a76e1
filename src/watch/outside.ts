import type { Config } from '../config/index.ts';
import type {
  Address,
  AddressRange,
  ChannelMaker,
  Clock,
  Finding,
  HistoryReader,
  Listener,
  Mac,
  Mirror,
  Names,
  Network,
  Prober,
  ReportReader,
  Result,
  StopSignal,
  Store,
  Untrusted,
  Waker,
} from '../core/index.ts';
import type { Tenancy } from './lease.ts';
import type { Log } from './log.ts';

/** What the keeper knows of the machine it runs on. */
export interface Surroundings {
  networks(): readonly Network[];
  /** Interface through which a range is reached; null when it is not attached. */
  ifaceOf(range: AddressRange): string | null;
  /** Routers that this machine sends through, as its routing table has them. */
  gateways(): readonly Address[];
  privileged(): boolean;
  diagnose(): Promise<readonly Finding[]>;
  /** The card the kernel knows for an address; null: none. Left out where nobody can tell. */
  readonly cardAt?: (address: Address) => Promise<Mac | null>;
  /** Packets that each interface has sent since it is there; null: this machine does not say. Left out where nobody can tell. */
  readonly sentPackets?: () => Promise<ReadonlyMap<string, number> | null>;
  /** What a web page says of the address at which the world sees this machine. Left out where nobody can ask. */
  readonly publicAddress?: (url: string, signal: StopSignal) => Promise<Result<Address>>;
}

/** Everything from outside: the adapters, the config, the clock. */
export interface WatcherParts {
  readonly version: string;
  readonly config: Config;
  readonly store: Store;
  readonly tenancy: Tenancy;
  readonly clock: Clock;
  readonly prober: Prober;
  readonly reader: ReportReader;
  /** Left out: nothing of other programs' records can be taken in. */
  readonly historyReader?: HistoryReader;
  /** null: nobody listens, as in a command that only looks. */
  readonly listener: Listener | null;
  readonly names: Names;
  /**
   * Makes what shows all of it to another program, as a config says; null: that names nobody. Connects only when it is started. Left
   * out: nobody is shown anything.
   */
  readonly mirror?: (config: Config) => Promise<Mirror | null>;
  /** Wakes devices that sleep. Left out: nobody can be woken. */
  readonly waker?: Waker;
  /** Maker of a network card; null when nobody knows. */
  readonly vendorOf: (mac: Mac) => Untrusted | null;
  readonly surroundings: Surroundings;
  /** Makes whatever somebody is told by; asked once, when it is needed. Left out: nobody can be told anything. */
  readonly channels?: () => Promise<ChannelMaker>;
  /** From 0 up to 1. */
  readonly dice: () => number;
  readonly log: Log;
  readonly pid: number;
}
