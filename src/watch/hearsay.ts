import type { Device, HostName, Instant, Mac, Millis, Sighting } from '../core/index.ts';
import { V6_KEPT } from '../inventory/index.ts';
import { hasName } from './overheard.ts';

/** What was said is remembered this long. */
const DAY: Millis = 24 * 60 * 60_000;
/**
 * Names, and addresses, that a device may bring up in a day; the others wait for a look that asks it. Fewer addresses than are
 * kept of it, or those that are said in turn would push each other out.
 */
const MOST = { name: 8, address: V6_KEPT - 4 } as const;
/** Cards whose words are remembered. */
const CARDS = 4096;

type Topic = keyof typeof MOST;
interface Word {
  readonly topic: Topic;
  readonly text: string;
}

/**
 * What known devices brought up of late: one that says two names in turn, or another one each second, is no endless news.
 * It says what is believed of words; how many frames of anybody are read at all, the listener decides before.
 */
export class Hearsay {
  readonly #said = new Map<Mac, Map<string, { readonly topic: Topic; readonly at: Instant }>>();

  /** The sighting with those of its words that may be believed; null when its address may not. */
  sift(sighting: Sighting, device: Device, at: Instant): Sighting | null {
    const { mac, address } = sighting;
    const said = this.#lately(mac, at);
    const count = (topic: Topic): number => said.filter(([, word]) => word.topic === topic).length;
    const wasSaid = (word: Word): boolean => said.some(([key]) => key === keyOf(word));
    const isKnownPlace = address === null || device.addresses.some((entry) => entry.address === address);
    if (!isKnownPlace && !wasSaid({ topic: 'address', text: address }) && count('address') >= MOST.address) return null;
    // A name that it had today and has no more is said in turn with another one.
    const mayBeSaid = (name: HostName): boolean => hasName(device, name) || (!wasSaid(nameWord(name)) && count('name') < MOST.name);
    return sighting.names.every(mayBeSaid) ? sighting : { ...sighting, names: sighting.names.filter(mayBeSaid) };
  }

  /** Takes note of what a device was believed; with its names until then, which are said in turn when they come again. */
  note({ mac, address, names }: Sighting, device: Device, at: Instant): void {
    const news = names.filter((name) => !hasName(device, name));
    const moved = address !== null && device.addresses.every((entry) => entry.address !== address);
    if (news.length === 0 && !moved) return;
    const sources = new Set(news.map(({ source }) => source));
    const replaced = device.names.filter(({ source }) => sources.has(source));
    const words = [...news, ...replaced].map(nameWord).concat(moved ? [{ topic: 'address', text: address }] : []);
    const said = new Map(this.#lately(mac, at));
    for (const word of words) said.set(keyOf(word), { topic: word.topic, at });
    this.#said.delete(mac);
    this.#said.set(mac, said);
    const [oldest] = this.#said.keys();
    if (this.#said.size > CARDS && oldest !== undefined) this.#said.delete(oldest);
  }

  #lately(mac: Mac, now: Instant): [string, { readonly topic: Topic; readonly at: Instant }][] {
    return [...(this.#said.get(mac) ?? [])].filter(([, { at }]) => at <= now && now - at < DAY);
  }
}

const nameWord = ({ source, name }: HostName): Word => ({ topic: 'name', text: `${source} ${name}` });
const keyOf = ({ topic, text }: Word): string => `${topic} ${text}`;
