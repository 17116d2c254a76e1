import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What a meter is called, and what it says; the unit is part of the name, as Prometheus has it. */
export interface Naming<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly Label[];
}

type Labels<Label extends string> = Partial<Record<Label, string>>;

/** A number that goes up and down, told anew for each reading. */
export interface Reading<Label extends string> {
  /** Forgets what the last reading said. */
  reset(): void;
  set(value: number, labels?: Labels<Label>): void;
}

export function gauge<Label extends string = never>(registry: Registry, { name, help, labels = [] }: Naming<Label>): Reading<Label> {
  const meter = new Gauge({ name, help, labelNames: [...labels], registers: [registry] });
  return { reset: () => meter.reset(), set: (value, said = {}) => meter.set(said, value) };
}

/** A number that only grows, counted by somebody else since this process began. */
export function counted(registry: Registry, { name, help }: Naming<never>): Pick<Reading<never>, 'set'> {
  const meter = new Counter({ name, help, registers: [registry] });
  return {
    set(value) {
      meter.reset();
      meter.inc(value);
    },
  };
}

export interface Tally<Label extends string> {
  add(labels: Labels<Label>, count?: number): void;
}

/** A number that grows by what is told; series named before they have something to count begin with 0. */
export function tally<Label extends string>(registry: Registry, { name, help, labels = [] }: Naming<Label>): Tally<Label> {
  const meter = new Counter({ name, help, labelNames: [...labels], registers: [registry] });
  return { add: (said, count = 1) => meter.inc(said, count) };
}

/** How long things take, in seconds. */
export function durations<Label extends string>(
  registry: Registry,
  { name, help, labels = [], buckets }: Naming<Label> & { readonly buckets: readonly number[] },
): { observe(labels: Labels<Label>, seconds: number): void } {
  const meter = new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers: [registry] });
  return { observe: (said, seconds) => meter.observe(said, seconds) };
}
