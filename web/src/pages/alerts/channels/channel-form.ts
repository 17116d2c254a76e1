import type { ChannelJson, ChannelKindJson } from '../../../../../src/contract/index.ts';

/** The channel as the contract takes it, without its name. */
type Options = ChannelJson['options'];

/** A channel as it stands in the editor. Options by key, as text. */
export interface ChannelForm {
  readonly name: string;
  readonly kind: string;
  readonly options: Readonly<Record<string, string>>;
  readonly usual: boolean;
  /** Empty: however many. */
  readonly ceiling: string;
  readonly ttl: string;
  /** Empty: none. */
  readonly fallback: string;
}

export const newChannel = (kind: string): ChannelForm => ({
  name: '',
  kind,
  options: {},
  usual: true,
  ceiling: '3',
  ttl: '3d',
  fallback: '',
});

export const formOfChannel = (channel: ChannelJson): ChannelForm => ({
  ...channel,
  options: Object.fromEntries(Object.entries(channel.options).map(([key, value]) => [key, textOf(value)])),
  ceiling: String(channel.ceiling),
  fallback: channel.fallback ?? '',
});

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * Options out of the editor: an empty one is left out, true and false are meant so, what begins like a list or a table is JSON, and what was a
 * number stays one. `before`: as they were.
 */
export function optionsOfForm({ options }: Pick<ChannelForm, 'options'>, before: Options = {}): Options {
  const filled = Object.entries(options).filter(([, text]) => text.trim() !== '');
  return Object.fromEntries(filled.map(([key, text]) => [key, valueOf(text, before[key])]));
}

function valueOf(text: string, before: unknown): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (typeof before === 'number' && /^-?\d+(?:\.\d+)?$/.test(text.trim())) return Number(text);
  return /^\s*[[{]/.test(text) ? (parsed(text) ?? text) : text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keys of options that are needed and not there. */
export const missingOptions = ({ options }: Pick<ChannelForm, 'options'>, kind: ChannelKindJson): string[] =>
  kind.options.filter(({ key, needed }) => needed && (options[key] ?? '').trim() === '').map(({ key }) => key);
