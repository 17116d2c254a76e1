import { type CommandModule, EXIT } from '../command.ts';
import { ensureToken } from '../token.ts';

export const tokenCommand: CommandModule = {
  define: (command) =>
    command
      .description('Print the token that HTTP asks for; made at the first call and kept in the state folder, for its owner only.')
      .addHelpText(
        'after',
        '\n  curl -H "Authorization: Bearer $(rollcall token)" http://127.0.0.1:9090/\n\nExit codes: 0 printed, 2 failure.',
      ),

  async run({ out, places }) {
    const token = await ensureToken(places.token);
    if (out.options.json) out.json({ token, file: places.token });
    else out.line(token);
    return EXIT.fine;
  },
};
