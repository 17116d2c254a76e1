import { addChannel, removeChannel, setChannel } from '../alerts/channel-edit.ts';
import { listChannels, listKinds, showChannel } from '../alerts/channel-list.ts';
import { withChannelOptions } from '../alerts/channel-options.ts';
import { testChannel } from '../alerts/channel-test.ts';
import type { CommandModule } from '../command.ts';
import { oneOf } from '../sub-words.ts';

const WORDS = {
  list: listChannels,
  show: showChannel,
  kinds: listKinds,
  add: addChannel,
  set: setChannel,
  remove: removeChannel,
  test: testChannel,
} as const;

const EXPLANATION = `
  rollcall channel                                      all channels, and how they do
  rollcall channel kinds                                every way there is; kinds ntfy: its options
  rollcall channel add phone ntfy topic=home token=@/etc/rollcall/ntfy-token
  rollcall channel add chat telegram chat=@@home token=- < token.txt
  rollcall channel add hook webhook url=https://example.org/hook headers.X-Key=@key.txt --no-usual
  rollcall channel set phone topic=house --quiet-hours 22:00-06:00 --fallback mail
  rollcall channel remove phone                         refused while a rule names it
  rollcall channel test phone                           send one message now, and show the exact exchange

Options are key=value; key= takes one away, key given twice has several values, key.NAME=value is a member of a table, and
key:=JSON is a number or anything else that is no text. Secrets on a command line can be seen by others on this machine, and stay in
the history of the shell: key=@FILE takes the text of a file, key=- what is piped in (a text that begins with "@" is written with two).
Where a kind has an option KEY_file, the secret stays in that file and is read there whenever it is used. Secrets are never shown again.
Exit codes: 0 listed, changed or delivered (test); 1 not delivered (test); 2 no such channel, one that cannot work, or failure.`;

export const channelCommand: CommandModule = {
  words: Object.keys(WORDS),

  define: (command) =>
    withChannelOptions(
      command
        .description('Say by which ways people are told, and try them.')
        .argument('[what]', `${Object.keys(WORDS).join(', ')}; left out: list`)
        .argument('[words...]', 'a name, and options of its kind'),
    ).addHelpText('after', EXPLANATION),

  async run(call) {
    const [what = 'list', ...words] = call.args;
    return oneOf(WORDS, 'channel', what)(call, words);
  },
};
