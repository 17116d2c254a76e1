/** Names hosts from the namespace it is started in: one order per line of standard input, one answer per line of output. */
import { createInterface } from 'node:readline';
import type { Observation } from '../../src/core/index.ts';
import { createNames, type NamesOptions } from '../../src/probes/index.ts';

export interface NameOrder {
  readonly seen: readonly Observation[];
  readonly fresh?: boolean;
  /** Addresses that must not be asked. */
  readonly spared?: readonly string[];
  /** How far time has gone on since the start, in ms. */
  readonly at: number;
}

export interface NameReply {
  readonly seen: readonly Observation[];
  readonly took: number;
}

let at = 0;
const options = JSON.parse(process.argv[2] as string) as NamesOptions;
const names = createNames({ ...options, clock: { monotonic: () => at } });

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as NameOrder;
  at = order.at;
  const started = performance.now();
  const mayAsk = ({ address }: Observation): boolean => !(order.spared ?? []).includes(address);
  const seen = await names.nameAll(order.seen, new AbortController().signal, { fresh: order.fresh ?? false, mayAsk });
  process.stdout.write(`${JSON.stringify({ seen, took: performance.now() - started })}\n`);
}
