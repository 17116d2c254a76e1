import {
  type Cause,
  type Clock,
  type Coverage,
  depthOf,
  formatAddress,
  formatPorts,
  formatRange,
  type LookOrder,
  type Millis,
  NO_COVERAGE,
  type Observation,
  type Outcome,
  type PlanName,
  type Prober,
  parsePorts,
  type ScanReport,
  type StopSignal,
} from '../../src/core/index.ts';
import { seen } from '../make/device.ts';

/** What a look brings home, as a test says it; the rest is what a good scan has. */
export interface Answer {
  readonly hosts?: readonly Observation[];
  readonly outcome?: Outcome;
  readonly cause?: Cause;
  readonly coverage?: Coverage;
  /** What was run; one command of its own unless said otherwise. */
  readonly commands?: ScanReport['commands'];
  /** Whether it looked with raw packets; true unless said otherwise. */
  readonly privileged?: boolean;
  /** How long it takes; a stop ends it sooner. */
  readonly takes?: Millis;
  /** The way of looking itself breaks. */
  readonly throws?: Error;
  /** How long it goes on after it was told to stop. */
  readonly lingers?: Millis;
}

export interface Look {
  readonly plan: PlanName;
  /** As the order has them; of exact pairs with their ports. */
  readonly addresses: string;
  readonly startedAt: number;
  readonly order: LookOrder;
}

/** What a look is answered with; undefined: nobody expected it. */
export type Script = (look: Look, nth: number) => Answer | undefined;

/** Looks where a test says what is there. A look that the script does not know is kept in `unexpected`, to fail the test. */
export class ScriptedProber implements Prober {
  readonly name = 'script';
  readonly looks: Look[] = [];
  readonly unexpected: string[] = [];
  /** Most looks at once, in all and of one plan at the same addresses. */
  most = 0;
  script: Script = () => undefined;
  /** Who answers a roll call after a scan of ports; everybody, at once, where no test cares. */
  afterwards: Script | null = null;
  readonly #clock: Clock;
  #running = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The looks so far, as "plan addresses". */
  get asked(): string[] {
    return this.looks.map(({ plan, addresses }) => `${plan} ${addresses}`);
  }

  async look(order: LookOrder, news: Parameters<Prober['look']>[1], signal: StopSignal): Promise<ScanReport> {
    const startedAt = this.#clock.now();
    if (order.afterwards && this.afterwards === null)
      return { ...reportOf(order, { hosts: everybodyIn(order) }, signal), startedAt, finishedAt: startedAt };
    const look = { plan: order.plan.name, addresses: wordsOf(order), startedAt, order };
    this.looks.push(look);
    const answer = (order.afterwards ? this.afterwards : this.script)?.(look, this.looks.length);
    if (!answer) this.unexpected.push(`${look.plan} ${look.addresses}`);
    if (!answer || answer.throws !== undefined) throw answer?.throws ?? new Error('nobody expected this look');
    this.most = Math.max(this.most, ++this.#running);
    await this.#clock.sleep(answer.takes ?? 2000, signal);
    if (signal.aborted && answer.lingers) await this.#clock.sleep(answer.lingers);
    this.#running--;
    for (const observation of answer.hosts ?? []) news({ kind: 'host', observation });
    return { ...reportOf(order, answer, signal), startedAt, finishedAt: this.#clock.now() };
  }
}

function reportOf(order: LookOrder, answer: Answer, signal: StopSignal): Omit<ScanReport, 'startedAt' | 'finishedAt'> {
  const { hosts = [] } = answer;
  const stopped: Pick<ScanReport, 'outcome' | 'cause'> = { outcome: 'cancelled', cause: { code: 'stopped', text: String(signal.reason) } };
  const ended = { outcome: answer.outcome ?? 'complete', cause: answer.cause ?? null };
  return {
    ...(signal.aborted ? stopped : ended),
    coverage: answer.coverage ?? (answer.outcome === 'failed' ? NO_COVERAGE : covered(order)),
    vantage: { iface: 'eth0', privileged: answer.privileged ?? true },
    tool: { name: 'script', version: '1' },
    commands: answer.commands ?? [['script', order.plan.name]],
    observations: hosts,
    asked: 256,
    warnings: [],
    raw: new TextEncoder().encode('raw'),
  };
}

const everybodyIn = ({ addresses }: LookOrder): Observation[] =>
  addresses.flatMap(({ family, first, last }) =>
    Array.from({ length: Number(last - first) + 1 }, (_, i) => seen(formatAddress({ family, value: first + BigInt(i) }))),
  );

function covered({ plan, addresses, apart }: LookOrder): Coverage {
  const ports = plan.ports === null || apart !== undefined ? {} : { tcp: parsePorts('1-1000') ?? [] };
  return { addresses, ports, depth: depthOf(plan), basis: 'asked', ...(apart && { apart }) };
}

/** "10.0.0.0/24", or of exact pairs "10.0.0.7:22,80 10.0.0.8:443". */
function wordsOf({ addresses, apart }: LookOrder): string {
  const places = (ranges: LookOrder['addresses']): string => ranges.map(formatRange).join(',');
  if (apart === undefined) return places(addresses);
  return apart.map((lot) => `${places(lot.addresses)}:${Object.values(lot.ports).map(formatPorts).join('+')}`).join(' ');
}
