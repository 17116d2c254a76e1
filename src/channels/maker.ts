import { type Channel, type ChannelMaker, Fault, type JsonObject, nearest, type OptionFault } from '../core/index.ts';
import { careful } from './careful.ts';
import { checkPlaces } from './check-places.ts';
import { exchange } from './exchange/exchange.ts';
import type { EgressGuard } from './exchange/guard.ts';
import { type Lookup, systemLookup } from './exchange/lookup.ts';
import { optionsOf, type Reading, readOptions } from './faults.ts';
import type { ChannelKind, KindWorld } from './kind.ts';
import { KINDS } from './kinds.ts';
import { withFiles } from './secret-files.ts';

/** What a maker has around it. */
export interface ChannelWorld extends Pick<KindWorld, 'guard' | 'now' | 'host' | 'most'> {
  readonly guard: EgressGuard;
  /** Left out: nobody has asked how mail leaves, so nothing is refused for it before it is opened. */
  readonly mail?: KindWorld['mail'];
  /** Left out: every kind there is. */
  readonly kinds?: readonly ChannelKind[];
  /** Left out: the system's. */
  readonly lookup?: Lookup;
}

/** Makes channels of every kind, and keeps for all of them what ChannelKind promises. */
export function createChannelMaker(world: ChannelWorld): ChannelMaker {
  const kinds = world.kinds ?? KINDS;
  const kindOf = (name: string): ChannelKind | OptionFault => kinds.find(({ kind }) => kind === name) ?? noKind(name, kinds);
  const wrongWith = (kind: ChannelKind, reading: Reading): readonly OptionFault[] =>
    reading.ok ? checkPlaces(kind, reading.options, world.guard) : reading.faults;
  const lacking = (kind: ChannelKind, reading: Reading): readonly OptionFault[] => {
    const lack = reading.ok && world.mail ? kind.lacks?.(reading.options, { mail: world.mail }) : null;
    return lack ? [lack] : [];
  };
  return {
    kinds: kinds.map((kind) => ({ kind: kind.kind, what: kind.what, edits: kind.edits, secrets: kind.secrets, options: optionsOf(kind) })),
    check(name, options) {
      const kind = kindOf(name);
      if ('reason' in kind) return [kind];
      const reading = readOptions(kind, options);
      return [...wrongWith(kind, reading), ...lacking(kind, reading)];
    },
    async open(name, options) {
      const kind = kindOf(name);
      if ('reason' in kind) throw faultOf(name, kind);
      const [early] = wrongWith(kind, readOptions(kind, options));
      if (early) throw faultOf(name, early);
      const whole = await withFiles(kind, options);
      const reading = readOptions(kind, whole.options);
      const [late] = wrongWith(kind, reading);
      if (late || !reading.ok) throw faultOf(name, late as OptionFault);
      return made(kind, { options: reading.options, written: whole.options, ca: whole.ca, world });
    },
  };
}

interface Making {
  readonly options: Record<string, unknown>;
  /** The same before they were read. */
  readonly written: JsonObject;
  readonly ca: string | null;
  readonly world: ChannelWorld;
}

function made(kind: ChannelKind, { options, written, ca, world }: Making): Channel {
  const { guard, now, host, mail = unasked, lookup = systemLookup, most } = world;
  const secrets = kind.secrets.flatMap((key) => secretTexts(written[key], options[key]));
  const around = { guard, secrets, ca, lookup, ...(most !== undefined && { most }) };
  const channel = kind.create(options, {
    guard,
    now,
    host,
    mail,
    lookup,
    ca,
    most,
    exchange: (request, sending) => exchange(request, { ...around, ...sending }),
  });
  return careful(channel, secrets);
}

function unasked(): never {
  throw new Fault('unavailable', 'opening mail: nobody has asked how it leaves this machine', 'set url and from of the channel');
}

/** As it was written; but of a list or table the texts in it, which of a file are known only when it was read. */
const secretTexts = (written: unknown, read: unknown): string[] => (isTexts(read) ? Object.values(read) : textsIn(written));

const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string');

const textsIn = (value: unknown): string[] => (typeof value === 'string' ? [value] : []);

const faultOf = (kind: string, { key, reason, remedy }: OptionFault): Fault =>
  new Fault('bad-input', `reading ${key === null ? 'the options' : `option ${key}`} of a channel of kind ${kind}: ${reason}`, remedy);

function noKind(name: string, kinds: readonly ChannelKind[]): OptionFault {
  const known = kinds.map(({ kind }) => kind);
  const guess = nearest(name, known);
  return {
    key: null,
    reason: `there is no kind of channel ${JSON.stringify(name.slice(0, 60))}`,
    remedy: guess ? `did you mean "${guess}"?` : `write one of ${known.join(', ')}`,
  };
}
