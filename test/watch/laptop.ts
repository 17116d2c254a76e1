import type { Observation } from '../../src/core/index.ts';
import type { Surroundings } from '../../src/watch/index.ts';
import { HOUR, MINUTE, seen } from '../make/device.ts';
import { ScriptedListener } from './scripted-listener.ts';
import type { Answer } from './scripted-prober.ts';
import { declared, every, LAN, type Stand, stand, told, watching } from './stand.ts';

/** Two networks of the same numbers, and a laptop that is carried from one to the other. */
export const GATEWAY = '10.0.0.254';
const network = (first: number, count: number): Observation[] => [
  seen(GATEWAY, first),
  ...Array.from({ length: count }, (_, i) => seen(`10.0.0.${i + 1}`, first + 1 + i)),
];
export const HOME = network(1, 12);
export const CAFE = network(500, 16);

export const sweeps = watching(declared(LAN, every(MINUTE)));

export interface Laptop extends Stand {
  readonly listener: ScriptedListener;
  /** What every look finds, until a test says otherwise. */
  readonly at: { answer: Answer };
}

/** A laptop that was at home for an hour. */
export async function laptop(around: Partial<Surroundings> = {}): Promise<Laptop> {
  const listener = new ScriptedListener();
  const at = { answer: { hosts: HOME } as Answer };
  const house = await stand({ config: sweeps, listener, around, script: () => at.answer });
  await house.clock.pass(HOUR);
  return { ...house, listener, at };
}

/** What was told after so many changes. */
export const news = async (house: Stand, since: number): Promise<string[]> => (await told(house)).slice(since);
