import {
  type Address,
  canonicalAddress,
  canonicalMac,
  type HostName,
  type Instant,
  type Mac,
  type NameSource,
  type PastRecord,
  type PastSession,
  REFUSED_SHOWN,
  type RefusedLine,
  TEXT_CAP,
  type Untrusted,
  untrusted,
  untrustedLines,
} from '../../../core/index.ts';
import { vendorOf } from '../../vendors/vendors.ts';
import { CLOCK_SKEW, MOST_DEVICES, MOST_SESSIONS, OLDEST, SIGHTING_GAP, tooMuch } from './limits.ts';
import { SessionLog } from './session-log.ts';

/** Why a row cannot be used. */
export class Unusable extends Error {}

interface RecordDraft {
  vendor: Untrusted | null;
  readonly names: Map<string, HostName>;
  said: PastRecord['said'];
  readonly sessions: SessionLog;
}

/** Names kept of a device: a hostile table may hold as many as it likes. */
const MOST_NAMES = 16;

/** What all files of an import say of devices, and what could not be used. */
export class HistoryDraft {
  readonly #now: Instant;
  readonly #records = new Map<Mac, RecordDraft>();
  #sessions = 0;
  refusedCount = 0;
  readonly refusedFirst: RefusedLine[] = [];

  constructor(now: Instant) {
    this.#now = now;
  }

  refuse(file: Untrusted, line: number | null, reason: string): void {
    this.refusedCount++;
    if (this.refusedFirst.length < REFUSED_SHOWN) this.refusedFirst.push({ file, line, reason });
  }

  /** The device of a hardware address. Throws when the text is none. */
  device(text: string): DeviceDraft {
    const mac = canonicalMac(padded(text.trim()));
    if (mac === undefined) throw new Unusable(`${quoted(text)} is no hardware address`);
    if (Number.parseInt(mac.slice(0, 2), 16) & 1) throw new Unusable(`${mac} is the address of a group, not of a device`);
    let record = this.#records.get(mac);
    if (record === undefined) {
      if (this.#records.size >= MOST_DEVICES) throw tooMuch('devices', MOST_DEVICES);
      record = { vendor: vendorOf(mac), names: new Map(), said: {}, sessions: new SessionLog() };
      this.#records.set(mac, record);
    }
    return new DeviceDraft(
      record,
      (at) => this.#checked(at),
      () => this.#count(),
    );
  }

  #checked(at: Instant): Instant {
    if (Number.isFinite(at) && at >= OLDEST && at <= this.#now + CLOCK_SKEW) return Math.min(at, this.#now);
    throw new Unusable(`${timeText(at)} is ${at > this.#now ? 'in the future' : 'no time of such a record'}`);
  }

  #count(): void {
    if (++this.#sessions > MOST_SESSIONS) throw tooMuch('stretches of time', MOST_SESSIONS);
  }

  records(): readonly PastRecord[] {
    return [...this.#records]
      .filter(([, { sessions }]) => sessions.length > 0)
      .map(([mac, { vendor, names, said, sessions }]) => ({ mac, vendor, names: [...names.values()], said, sessions }));
  }
}

/** One device, as rows tell of it. */
export class DeviceDraft {
  readonly #record: RecordDraft;
  readonly #checked: (at: Instant) => Instant;
  readonly #count: () => void;

  constructor(record: RecordDraft, checked: (at: Instant) => Instant, count: () => void) {
    this.#record = record;
    this.#checked = checked;
    this.#count = count;
  }

  /** From the one moment to the other, at an address if the text is one. Throws for impossible times. */
  session(from: Instant, to: Instant, address: Address | null): void {
    const times = { from: this.#checked(from), to: this.#checked(to) };
    if (times.to < times.from) throw new Unusable(`it was seen last at ${timeText(to)}, before it came at ${timeText(from)}`);
    this.#add({ presence: 'present', ...times, address }, 0);
  }

  /** Seen, or missed, by one of many looks: those close to each other are one stretch. */
  sighting(at: Instant, address: Address | null, presence: PastSession['presence'] = 'present'): void {
    const time = this.#checked(at);
    this.#add({ presence, from: time, to: time, address }, SIGHTING_GAP);
  }

  #add(next: PastSession, gap: number): void {
    if (this.#record.sessions.add(next, gap)) this.#count();
  }

  vendor(text: string): void {
    const vendor = untrusted(text).trim();
    if (!/^(?:\(?unknown\)?|null|)$/i.test(vendor)) this.#record.vendor ??= untrusted(vendor);
  }

  name(text: string, source: NameSource): void {
    const name = untrusted(text.trim());
    const { names } = this.#record;
    if (name !== '' && !names.has(name) && names.size < MOST_NAMES) names.set(name, { name, source });
  }

  /** What people said; the last one to say it is right. */
  say(said: PastRecord['said']): void {
    const told = Object.fromEntries(
      Object.entries(said).flatMap(([what, text]): [string, string][] => {
        const clean = what === 'note' ? untrustedLines(text ?? '', TEXT_CAP.banner) : untrusted(text ?? '');
        return clean.trim() === '' ? [] : [[what, clean]];
      }),
    );
    this.#record.said = { ...this.#record.said, ...told };
  }
}

/** The address in a cell; null when it holds none that names one place. */
export function addressIn(text: string): Address | null {
  const address = canonicalAddress(text.trim());
  return address === undefined || address === '0.0.0.0' || address === '::' ? null : address;
}

/** "0:8:e1:1:2:d6" with its zeros. */
const padded = (text: string): string =>
  /^[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}$/i.test(text)
    ? text
        .split(':')
        .map((part) => part.padStart(2, '0'))
        .join(':')
    : text;

export const quoted = (text: string): string => JSON.stringify(untrusted(text.slice(0, 60)));

export function timeText(at: Instant): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}
