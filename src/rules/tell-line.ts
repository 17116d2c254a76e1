import { type Change, changeWords, type Instant, type TellDevice, type TellLine, untrusted } from '../core/index.ts';
import { utcTime } from './moments.ts';
import { PHRASES } from './phrases.ts';
import { placeOf } from './subjects.ts';

export interface Telling {
  readonly change: Change;
  readonly device: TellDevice | null;
  /** What the device is called now. */
  readonly name: string | null;
  /** How moments are written; left out: UTC. */
  readonly time?: (at: Instant) => string;
}

/** Characters of a line, and of a text in it that people may write without end. */
const LINE = 500;
const LABEL = 48;

/** A change as channels tell it: "nas.lan left, last seen 2026-11-21 03:14 UTC". */
export function tellLine({ change, device, name, time = utcTime }: Telling): TellLine {
  const { seq, at, kind, before, after } = change;
  const words = changeWords(change, { time, shorten });
  const who = whoIn({ kind, device: device ?? null, id: change.device, name });
  const { did, gap } = PHRASES[kind];
  const text = `${[who, did].filter((part) => part !== '').join(' ')}${words === '' ? '' : `${gap}${words}`}`;
  return { seq, at, kind, text: untrusted(text, LINE), device, place: placeOf(change), before, after };
}

interface Named {
  readonly kind: Change['kind'];
  readonly device: TellDevice | null;
  readonly id: Change['device'];
  readonly name: string | null;
}

function whoIn({ kind, device, id, name }: Named): string {
  if (!PHRASES[kind].who) return '';
  return name ?? titled(device) ?? (id === null ? '' : `device ${id}`);
}

/** The name of a device, or what comes nearest to one. */
export const titled = (device: TellDevice | null): string | null =>
  device === null ? null : (device.name ?? device.address ?? device.mac ?? `device ${device.id}`);

const shorten = (text: string): string => (text.length <= LABEL ? text : `${text.slice(0, LABEL - 1).toWellFormed()}…`);
