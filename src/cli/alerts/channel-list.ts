import { Fault, nearest } from '../../core/index.ts';
import { type Call, EXIT } from '../command.ts';
import { CHANNEL_HEADING, channelRow, printChannel, printKind } from '../printers/channel-text.ts';
import { counted } from '../printers/scan-text.ts';
import { wrongWords } from '../sub-words.ts';
import { refuseOptions } from './channel-options.ts';

/** All channels, and how they do. */
export async function listChannels(call: Call, words: readonly string[]): Promise<number> {
  const { out, withClient } = call;
  refuseOptions(call, 'list');
  if (words.length > 0) throw wrongWords('channel list', words, 'list alone, or show NAME');
  const channels = await withClient((client) => client.channels.list());
  if (out.options.json) out.json(channels);
  else if (channels.length > 0) out.table(CHANNEL_HEADING, channels.map(channelRow));
  if (!out.options.json)
    out.note(
      channels.length === 0
        ? 'nobody is told of anything yet; "rollcall channel kinds" lists the ways'
        : counted(channels.length, 'channel'),
    );
  return EXIT.fine;
}

/** One channel, whole but for its secrets. */
export async function showChannel(call: Call, words: readonly string[]): Promise<number> {
  const { out, withClient } = call;
  refuseOptions(call, 'show');
  const [name, ...others] = words;
  if (name === undefined || others.length > 0) throw wrongWords('channel show', words, 'show NAME');
  const channels = await withClient((client) => client.channels.list());
  const channel =
    channels.find((one) => one.name === name) ??
    missing(
      'channel',
      name,
      channels.map((one) => one.name),
    );
  if (out.options.json) out.json(channel);
  else printChannel(out, channel);
  return EXIT.fine;
}

/** Every kind of channel, or one with all its options. */
export async function listKinds(call: Call, words: readonly string[]): Promise<number> {
  const { out, withClient } = call;
  refuseOptions(call, 'kinds');
  const [name, ...others] = words;
  if (others.length > 0) throw wrongWords('channel kinds', words, 'kinds, or kinds KIND');
  const kinds = await withClient((client) => client.channels.kinds());
  const meant =
    name === undefined
      ? null
      : (kinds.find(({ kind }) => kind === name) ??
        missing(
          'kind of channel',
          name,
          kinds.map(({ kind }) => kind),
        ));
  if (out.options.json) out.json(meant ?? kinds);
  else if (meant) printKind(out, meant);
  else
    out.table(
      ['KIND', 'NEEDS', 'WHAT'],
      kinds.map(({ kind, what, options }) => [kind, neededOf(options), what]),
    );
  return EXIT.fine;
}

const neededOf = (options: readonly { readonly key: string; readonly needed: boolean }[]): string =>
  options
    .filter(({ needed }) => needed)
    .map(({ key }) => key)
    .join(', ') || '-';

function missing(what: string, name: string, known: readonly string[]): never {
  const guess = nearest(name, known);
  const remedy = guess ? `did you mean ${guess}?` : known.length > 0 ? `write one of ${known.join(', ')}` : 'there is none yet';
  throw new Fault('not-found', `finding ${what} ${JSON.stringify(name.slice(0, 80))}: there is none`, remedy);
}
