import { addToken, listTokens, printToken, revokeTokens } from '../access/tokens.ts';
import type { CommandModule } from '../command.ts';
import { oneOf } from '../sub-words.ts';

const WORDS = { add: addToken, list: listTokens, revoke: revokeTokens } as const;

const EXPLANATION = `
  curl -H "Authorization: Bearer $(rollcall token)" http://127.0.0.1:9090/
  rollcall token add backup --scope read --until 90d    one for a program, which may do no more; it is shown only then
  rollcall token add scanner --scope read --scope scan
  rollcall token list                                   those that were made, and when they were used last
  rollcall token revoke backup

Without a word: the token of this machine's owner, which may do all; made at the first call and kept in the state folder, for its
owner only. Scopes: read, scan, ack (take note of incidents), edit (say what devices are), admin.
Exit codes: 0 printed, listed or changed, 2 no such token, or failure.`;

const several = (value: string, before: readonly string[] = []): readonly string[] => [...before, ...value.split(',')];

export const tokenCommand: CommandModule = {
  words: Object.keys(WORDS),

  define: (command) =>
    command
      .description('Print the token that HTTP asks for, or make tokens for programs.')
      .argument('[what]', `${Object.keys(WORDS).join(', ')}; left out: print the one of the owner`)
      .argument('[words...]', 'a name; for revoke also numbers')
      .option('--scope <scope>', 'add: what it may (several by comma, or repeated)', several)
      .option('--until <time>', 'add: when it ends: a length like 90d, a day (to its end), or 2027-01-31T12:00')
      .option('--all', 'list: also those that are over')
      .addHelpText('after', EXPLANATION),

  async run(call) {
    const [what, ...words] = call.args;
    return what === undefined ? printToken(call) : oneOf(WORDS, 'token', what)(call, words);
  },
};
