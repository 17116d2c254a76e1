import type { Config } from '../config/index.ts';
import type { AddressRange, Clock, Finding, Names, Network, Prober, ReportReader, Store } from '../core/index.ts';
import type { Tenancy } from './lease.ts';
import type { Log } from './log.ts';

/** What the keeper knows of the machine it runs on. */
export interface Surroundings {
  networks(): readonly Network[];
  /** Interface through which a range is reached; null when it is not attached. */
  ifaceOf(range: AddressRange): string | null;
  privileged(): boolean;
  diagnose(): Promise<readonly Finding[]>;
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
  readonly names: Names;
  readonly surroundings: Surroundings;
  readonly log: Log;
  readonly pid: number;
}
