import { type ChannelSetup, type ChannelTraits, Fault } from '../core/index.ts';
import { STARS } from './json/channel.ts';

type Options = Readonly<Record<string, unknown>>;

/** A channel reads or writes the files that its options name, as the daemon may: only who is on this machine names one. `were` may stay. */
export function refuseFiles(options: Options, were: Options = {}): void {
  const named = Object.entries(options).find(([key, value]) => value !== were[key] && [value].flat().some(isPath));
  if (named === undefined) return;
  throw new Fault(
    'refused',
    `setting up a channel: its option ${named[0]} names a file, which only callers on this machine may`,
    'run rollcall channel there, or write it into the config file',
  );
}

const isPath = (value: unknown): boolean => typeof value === 'string' && value.startsWith('/');

export interface Moving {
  /** As it was. */
  readonly setup: ChannelSetup;
  /** All of them, as they would be. */
  readonly options: Options;
  readonly kinds: readonly ChannelTraits[];
}

/** Secrets that nobody is shown would be shown to whoever waits at another place: they are given anew with it. */
export function refuseMoved({ setup, options, kinds }: Moving): void {
  const moved = Object.entries(options).find(([key, value]) => saysWhere(key, value) && value !== STARS && value !== setup.options[key]);
  if (moved === undefined) return;
  const secrets = kinds.find(({ kind }) => kind === setup.kind)?.secrets ?? Object.keys(setup.options);
  const stays = (key: string): boolean => options[key] === STARS || (options[key] !== undefined && options[key] === setup.options[key]);
  const kept = Object.keys(options).find((key) => key !== moved[0] && secrets.includes(key.replace(/_file$/, '')) && stays(key));
  if (kept === undefined) return;
  throw new Fault(
    'refused',
    `setting up channel ${setup.name}: ${kept} would go where ${moved[0]} says now`,
    `give ${kept} anew beside it`,
  );
}

const saysWhere = (key: string, value: unknown): boolean =>
  /^(?:url|server|host|port|broker)$/.test(key) || (typeof value === 'string' && value.includes('://'));
