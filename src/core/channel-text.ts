import type { Json, JsonObject } from './change.ts';
import { bad, good } from './fault.ts';
import { leavesTime } from './quiet-hours.ts';
import { flag, lengthOfTime, like, type Reader, show } from './reader.ts';
import type { ChannelDraft } from './rule.ts';
import { onlySaid, termName, WINDOW_LIST } from './rule-text.ts';
import { Written, type WrittenReading } from './written.ts';

/** A channel as a person writes it. What is left out is as usual; what its options mean only its kind knows. */
export interface ChannelText {
  readonly name: string;
  readonly kind: string;
  readonly options?: JsonObject | undefined;
  readonly usual?: boolean | undefined;
  readonly quiet?: readonly string[] | null | undefined;
  readonly ceiling?: number | undefined;
  /** A length of time: "3d". */
  readonly ttl?: string | undefined;
  readonly fallback?: string | null | undefined;
}

/** Keys that no option of a kind can be called by: in the file they stand side by side. */
export const CHANNEL_KEYS = [
  'name',
  'kind',
  'usual',
  'quiet',
  'ceiling',
  'ttl',
  'fallback',
] as const satisfies readonly (keyof ChannelText)[];

const MOST_CEILING = 1000;

/** Notifications of one cause in ten minutes; 0: however many. */
export const messageCeiling: Reader<number> = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_CEILING
    ? good(value)
    : bad(`${show(value)} is no number of messages`, `write a whole number from 1 to ${MOST_CEILING}, like 3, or 0 to lift it`);

const kindName = like(/^[a-z][a-z0-9-]{0,39}$/, 'a kind of channel', 'write one that `rollcall channel kinds` lists, like "ntfy"');

/** Reads what all channels have in common. Whether its kind can work with its options, others must tell; they are never shown. */
export function readChannelText(fields: { readonly [key in keyof ChannelText]?: unknown }): WrittenReading<ChannelDraft> {
  const written = new Written(fields);
  const name = written.needed('name', termName('channel', 'phone'));
  const kind = written.needed('kind', kindName);
  const options = readOptions(written, fields.options === undefined ? {} : fields.options);
  const draft = {
    usual: written.one('usual', flag),
    quiet: written.listOrNone('quiet', { ...WINDOW_LIST, example: 'quiet = ["22:00-07:00"]' }),
    ceiling: written.one('ceiling', messageCeiling),
    ttl: written.one('ttl', lengthOfTime(60_000, '3d')),
    fallback: written.oneOrNone('fallback', termName('channel', 'mail')),
  };
  if (draft.quiet && !leavesTime(draft.quiet))
    written.blame(['quiet'], { reason: 'it leaves no moment of the week', remedy: 'leave some hours to be told in' });
  if (draft.fallback !== undefined && draft.fallback === name)
    written.blame(['fallback'], { reason: `${show(name)} is this channel itself`, remedy: 'name another channel, or leave it out' });
  return written.done(() => ({ ...onlySaid(draft), name: name ?? '', kind: kind ?? '', options }));
}

function readOptions(written: Written, value: unknown): JsonObject {
  if (!isTable(value)) {
    written.blame(['options'], { reason: 'they are no table', remedy: 'write options as names with values' });
    return {};
  }
  const useless = Object.keys(value).filter((key) => !isJson(value[key], 0));
  for (const key of useless) written.blame(['options', key], { reason: 'its value is of no use here', remedy: USEFUL });
  // A copy as it will be kept: whoever wrote it may go on with theirs.
  return useless.length > 0 ? {} : (JSON.parse(JSON.stringify(value)) as JsonObject);
}

const USEFUL = 'write a text, a number, true or false, or a list of these';

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const maker: unknown = Object.getPrototypeOf(value);
  return maker === Object.prototype || maker === null;
}

const DEEPEST = 8;

/** TOML has moments and endless numbers, which nobody could give back. */
function isJson(value: unknown, depth: number): value is Json {
  if (depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.every((entry) => isJson(entry, depth + 1));
  if (isTable(value)) return Object.values(value).every((entry) => isJson(entry, depth + 1));
  return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
}
