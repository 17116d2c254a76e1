import { type Call, EXIT } from '../command.ts';
import { printChannelTest } from '../printers/channel-text.ts';
import { wrongWords } from '../sub-words.ts';
import { refuseOptions } from './channel-options.ts';

/** Sends one message now, and shows what was said on the way. */
export async function testChannel(call: Call, words: readonly string[]): Promise<number> {
  const { out, withClient } = call;
  refuseOptions(call, 'test');
  const [name, ...others] = words;
  if (name === undefined || others.length > 0) throw wrongWords('channel test', words, 'test NAME');
  const test = await withClient((client) => client.channels.test({ name }));
  if (out.options.json) out.json(test);
  else printChannelTest(out, name, test);
  return test.delivery.outcome === 'delivered' ? EXIT.fine : EXIT.found;
}
