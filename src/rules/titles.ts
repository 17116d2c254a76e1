import { type ChangeKind, type IncidentSubject, type NotificationKind, type TellLine, untrusted } from '../core/index.ts';
import { PHRASES } from './phrases.ts';
import { ENDS, ENRICHES, lasts, subjectOf } from './subjects.ts';
import { titled } from './tell-line.ts';

/** Characters of a title. */
const TITLE = 200;

interface Titled {
  readonly kind: NotificationKind;
  readonly lines: readonly TellLine[];
  readonly more: number;
}

/** One line that says what all lines say; `origin` is the channel that could not deliver it: "nas.lan left", "over: nas.lan left", "12 devices left: nas.lan, tv, printer and 9 more". */
export function titleOf({ kind, lines, more }: Titled, origin: string | null = null): string {
  const ended = endedIn(lines);
  const main = mainLines(lines, ended);
  const named = renamed(main, lines);
  const lasting = main.filter((line) => lasts(line.kind));
  const over = more === 0 && (lasting.length > 0 ? lasting.every((line) => ended.over.has(line)) : kind === 'resolved');
  const text = named.length + more === 1 && named[0] ? headline(named[0]) : several(named, more);
  const prefix = kind === 'fallback' ? `not delivered ${origin === null ? 'elsewhere' : `by ${origin}`}: ` : (PREFIXES[kind] ?? '');
  return untrusted(`${prefix}${over ? 'over: ' : ''}${text}`, TITLE);
}

const PREFIXES: Partial<Record<NotificationKind, string>> = {
  reminder: 'still: ',
  escalation: 'nobody took note: ',
  digest: 'held back: ',
};

/** The shortest telling of a change. */
export function headline({ kind, text, device }: TellLine): string {
  const { did, who, whole } = PHRASES[kind];
  const name = titled(device);
  return whole || !who || name === null ? text : `${name} ${did}`;
}

export interface Ended {
  /** Lines of something that another line ends. */
  readonly over: ReadonlySet<TellLine>;
  /** Lines that end another one's. */
  readonly ends: ReadonlySet<TellLine>;
}

/** Which of what is told is over by what is told after it. */
export function endedIn(lines: readonly TellLine[]): Ended {
  const [over, ends] = [new Set<TellLine>(), new Set<TellLine>()];
  const going = new Map<string, TellLine[]>();
  for (const line of lines) {
    const keys = (ENDS[line.kind] ?? []).map((kind) => keyOf(line, kind));
    const begun = keys.flatMap((one) => going.get(one) ?? []);
    if (begun.length > 0) ends.add(line);
    begun.forEach((one) => over.add(one));
    keys.forEach((one) => going.delete(one));
    const key = keyOf(line, line.kind);
    if (lasts(line.kind)) going.set(key, [...(going.get(key) ?? []), line]);
  }
  return { over, ends };
}

const keyOf = ({ kind, device, before, after }: TellLine, of: ChangeKind): string =>
  `${of} ${subjectOf({ kind, device: device?.id ?? null, before, after })}`;

/** Without what only says more of another line, as long as anything is left. */
function mainLines(lines: readonly TellLine[], { ends }: Ended): readonly TellLine[] {
  const main = lines.filter((line) => !ends.has(line) && !ENRICHES.has(line.kind));
  return main.length > 0 ? main : lines;
}

/** With devices as they were called last. */
function renamed(main: readonly TellLine[], lines: readonly TellLine[]): readonly TellLine[] {
  const newest = new Map(lines.flatMap(({ device }) => (device === null ? [] : [[device.id, device] as const])));
  return main.map((line) => (line.device === null ? line : { ...line, device: newest.get(line.device.id) ?? line.device }));
}

/** Names in a title. */
const NAMED = 3;
const KINDS = 3;

function several(lines: readonly TellLine[], more: number): string {
  const kinds = Map.groupBy(lines, ({ kind }) => kind);
  const counts = [...kinds].slice(0, KINDS).map(([kind, ones]) => countText(kind, ones));
  const rest = lines.length - [...kinds.values()].slice(0, KINDS).reduce((sum, ones) => sum + ones.length, 0) + more;
  const names = [...new Set(lines.map(nameIn))].filter((name) => name !== null);
  const unnamed = Math.max(0, names.length - NAMED);
  const shown = names.length === 0 ? '' : `: ${names.slice(0, NAMED).join(', ')}${unnamed > 0 ? ` and ${unnamed} more` : ''}`;
  return `${counts.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}${shown}`;
}

const countText = (kind: ChangeKind, lines: readonly TellLine[]): string =>
  lines.length === 1 && lines[0] ? headline(lines[0]) : `${lines.length} ${PHRASES[kind].many}`;

const nameIn = ({ device, place }: TellLine): string | null => titled(device) ?? place;

/** What several things are together: "12 devices left, 2 new devices". */
export function countedTitle(subjects: readonly IncidentSubject[]): string {
  const kinds = Map.groupBy(subjects, ({ kind }) => kind);
  const counts = [...kinds].map(([kind, ones]) => `${ones.length} ${kind === undefined ? 'others' : PHRASES[kind].many}`);
  return untrusted(counts.join(', '), TITLE);
}
