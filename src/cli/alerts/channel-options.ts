import type { Command } from 'commander';
import type { RollcallClient } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import type { Call } from '../command.ts';

/** Options of all the words of "channel". */
export interface ChannelOptions {
  readonly usual?: boolean;
  readonly quietHours?: readonly string[];
  readonly ceiling?: string;
  readonly ttl?: string;
  readonly fallback?: string;
}

export type ChannelEdit = Omit<Parameters<RollcallClient['channels']['edit']>[0], 'name' | 'options'>;

/** Says that what holds for all holds here, too. */
const USUAL = 'usual';

const each = (value: string, before: readonly string[] = []): readonly string[] => (value === '' ? before : [...before, value]);

export const withChannelOptions = (command: Command): Command =>
  command
    .option('--usual', 'the usual rules tell it (they do, unless said otherwise)')
    .option('--no-usual', 'only rules that name it tell it')
    .option(
      '--quiet-hours <stretch>',
      `its own quiet hours, like 22:00-06:00; may be repeated; "" for none, "${USUAL}" for those of all`,
      each,
    )
    .option('--ceiling <count>', 'notifications of one cause in ten minutes; 0 for however many')
    .option('--ttl <length>', 'what could not be delivered after this long is given up, like 3d')
    .option('--fallback <channel>', 'channel that is told what this one could not deliver; "none" takes it away');

/** What the options say of a channel, as the contract takes it. */
export function channelEditOf({ options }: Call): ChannelEdit {
  const { usual, quietHours, ceiling, ttl, fallback } = options as ChannelOptions;
  return {
    ...(usual !== undefined && { usual }),
    ...(quietHours && { quiet: quietHours[0] === USUAL ? null : [...quietHours] }),
    ...(ceiling !== undefined && { ceiling: countOf(ceiling) }),
    ...(ttl !== undefined && { ttl }),
    ...(fallback !== undefined && { fallback: fallback === 'none' ? null : fallback }),
  };
}

function countOf(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new Fault(
    'bad-input',
    `reading --ceiling ${JSON.stringify(text.slice(0, 40))}: it is not a count`,
    'write a number, or 0 for however many',
  );
}

/** Refuses options beside a word that takes none. */
export function refuseOptions(call: Call, word: string): void {
  const [strange] = Object.keys(channelEditOf(call));
  if (strange === undefined) return;
  throw new Fault(
    'bad-input',
    `reading the command line: "channel ${word}" takes no options`,
    'leave them out, or look at rollcall channel --help',
  );
}
