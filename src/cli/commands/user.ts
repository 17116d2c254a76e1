import { addUser, changeRole, disableUser, enableUser, listUsers, removeUser, setPassword } from '../access/users.ts';
import type { CommandModule } from '../command.ts';
import { oneOf } from '../sub-words.ts';

const WORDS = {
  list: listUsers,
  add: addUser,
  role: changeRole,
  disable: disableUser,
  enable: enableUser,
  password: setPassword,
  remove: removeUser,
} as const;

const EXPLANATION = `
  rollcall user                                         who may sign in, and where they are signed in
  rollcall user add anna --role admin                   asks for the password, twice
  rollcall user add bert --role viewer --password-stdin < password.txt
  rollcall user role bert operator                      viewer: looks; operator: all but users, rules, channels, targets; admin: all
  rollcall user disable bert                            may not come in any more; enable takes that back
  rollcall user password bert                           a new one
  rollcall user remove bert                             with all tokens; what bert did stays in "rollcall audit"

Any change ends all sign-ins of the user. The last admin stays one.
Exit codes: 0 listed or changed, 2 no such user, refused, or failure, 130 interrupted while the password was asked.`;

export const userCommand: CommandModule = {
  words: Object.keys(WORDS),

  define: (command) =>
    command
      .description('Say who may sign in to the dashboard, and what they may.')
      .argument('[what]', `${Object.keys(WORDS).join(', ')}; left out: list`)
      .argument('[words...]', 'the name; for role also viewer, operator or admin')
      .option('--role <role>', 'add: viewer, operator or admin')
      .option('--password-stdin', 'add, password: take the password from what is piped in')
      .addHelpText('after', EXPLANATION),

  async run(call) {
    const [what = 'list', ...words] = call.args;
    return oneOf(WORDS, 'user', what)(call, words);
  },
};
