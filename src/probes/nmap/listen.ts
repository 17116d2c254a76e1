import { type Clock, countAddresses, type Observation, type Plan, type PortSet, type Protocol } from '../../core/index.ts';
import { createNmapReader, type NmapEnding, type NmapHandler, observationOf, type XmlHost } from '../../nmap-xml/index.ts';
import type { Part } from '../vantage/parts.ts';
import { createProgress } from './progress.ts';

/** News of one nmap: how far it is (0..1), or one finished host. */
export type PartNews =
  | { readonly kind: 'progress'; readonly done: number; readonly task: string }
  | { readonly kind: 'host'; readonly observation: Observation };

/** Everything nmap said on its standard output. */
export interface Heard {
  readonly ending: NmapEnding;
  readonly observations: readonly Observation[];
  readonly ports: Readonly<Partial<Record<Protocol, PortSet>>>;
  readonly version: string | null;
}

export interface Listener {
  write(chunk: Uint8Array): void;
  end(): Heard;
}

export interface ListenerFacts {
  readonly part: Part;
  readonly plan: Plan;
  readonly clock: Clock;
  /** Mends an observation with what this machine knows better than nmap. */
  readonly mend: (seen: Observation) => Observation;
  readonly news: (item: PartNews) => void;
}

/** Turns the XML of one nmap into observations while it streams. */
export function listen({ part, plan, clock, mend, news }: ListenerFacts): Listener {
  const observations: Observation[] = [];
  const ports: Partial<Record<Protocol, PortSet>> = {};
  const progress = createProgress(plan, Number(countAddresses(part.ranges)));
  let version: string | null = null;
  const onHost = (host: XmlHost): void => {
    const seen = observationOf(host, clock.now());
    if (seen === null) return;
    const observation = mend(seen);
    observations.push(observation);
    news({ kind: 'host', observation });
    news({ kind: 'progress', done: progress.host(), task: 'hosts' });
  };
  const handler: NmapHandler = {
    onHost,
    onRun: (run) => {
      version = run.version;
    },
    onScanInfo: ({ protocol, services }) => {
      if (isProtocol(protocol)) ports[protocol] = services;
    },
    onProgress: ({ task, percent }) => news({ kind: 'progress', done: progress.task(task, percent), task }),
  };
  // nmap writes characters XML forbids when a banner holds them: one host must not hide all that come after it (law 5).
  const reader = createNmapReader(handler, { lenient: true });
  return {
    write: (chunk) => reader.write(chunk),
    end: () => ({ ending: reader.end(), observations, ports, version }),
  };
}

const isProtocol = (text: string): text is Protocol => ['tcp', 'udp', 'sctp', 'ip'].includes(text);
