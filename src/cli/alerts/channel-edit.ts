import type { ChannelJson } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import { type Call, EXIT } from '../command.ts';
import { printChannel } from '../printers/channel-text.ts';
import { wrongWords } from '../sub-words.ts';
import { channelEditOf, refuseOptions } from './channel-options.ts';
import { typedOptions } from './typed-options.ts';

/** Sets a channel up. One of that name is not replaced by a slip. */
export async function addChannel(call: Call, words: readonly string[]): Promise<number> {
  const { out, world, withClient } = call;
  const [name, kind, ...typed] = words;
  if (name === undefined || kind === undefined || kind.includes('='))
    throw wrongWords('channel add', [name ?? ''], 'add NAME KIND key=value...');
  const edit = channelEditOf(call);
  const options = Object.fromEntries(Object.entries(await typedOptions(typed, world)).filter(([, value]) => value !== null));
  const { channel, runs } = await withClient(async (client, daemon) => {
    refuseTaken(await client.channels.list(), name);
    return { channel: await client.channels.put({ name, kind, options, ...edit }), runs: daemon };
  });
  if (out.options.json) out.json(channel);
  else {
    printChannel(out, channel);
    out.note(`try it with "rollcall channel test ${channel.name}"${runs ? '' : '; changes are told once "rollcall start" has begun'}`);
  }
  return EXIT.fine;
}

function refuseTaken(channels: readonly ChannelJson[], name: string): void {
  if (channels.every((one) => one.name !== name)) return;
  throw new Fault(
    'conflict',
    `adding channel ${name}: there is one of that name`,
    `change it with "rollcall channel set ${name}", or choose another`,
  );
}

/** Sets a channel up otherwise: options that are not named stay, secrets too. */
export async function setChannel(call: Call, words: readonly string[]): Promise<number> {
  const { out, world, withClient } = call;
  const [name, ...typed] = words;
  if (name === undefined) throw wrongWords('channel set', [], 'set NAME key=value...');
  const edit = channelEditOf(call);
  if (typed.length + Object.keys(edit).length === 0)
    throw new Fault('bad-input', 'reading the command line: nothing to set', 'write key=value, or look at rollcall channel --help');
  const options = typed.length === 0 ? {} : { options: await typedOptions(typed, world) };
  const channel = await withClient((client) => client.channels.edit({ name, ...options, ...edit }));
  if (out.options.json) out.json(channel);
  else printChannel(out, channel);
  return EXIT.fine;
}

/** Drops a channel that no rule names. */
export async function removeChannel(call: Call, words: readonly string[]): Promise<number> {
  const { out, withClient } = call;
  refuseOptions(call, 'remove');
  const [name, ...others] = words;
  if (name === undefined || others.length > 0) throw wrongWords('channel remove', words, 'remove NAME');
  const channel = await withClient((client) => client.channels.drop({ name }));
  if (out.options.json) out.json(channel);
  else out.line(`removed ${channel.name}`);
  return EXIT.fine;
}
