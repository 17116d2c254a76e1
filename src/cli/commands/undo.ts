import type { RollcallClient } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import { type CommandModule, EXIT } from '../command.ts';
import type { Output } from '../terminal/output.ts';

export const undoCommand: CommandModule = {
  define: (command) =>
    command
      .description('List what was done in the last quarter of an hour, or take one of it back.')
      .argument('[ref]', 'what the list calls it; left out: list')
      .addHelpText(
        'after',
        '\nKept by the running daemon, and not over its restart. What was changed since is not overwritten.\n\nExit codes: 0 listed or taken back, 2 too old, changed since, or failure.',
      ),

  async run({ out, args: [of], withClient }) {
    return withClient(async (client, daemon) => {
      if (!daemon)
        throw new Fault('unavailable', 'taking something back: no daemon runs that would remember it', 'start it with "rollcall start"');
      return of === undefined ? list(out, client) : takeBack(out, client, of);
    });
  },
};

async function takeBack(out: Output, client: RollcallClient, of: string): Promise<number> {
  const undone = await client.undo.do({ of });
  if (out.options.json) out.json(undone);
  else out.line(`took back: ${undone.what}`, undone.note === null ? '' : ` (${undone.note})`);
  return EXIT.fine;
}

async function list(out: Output, client: RollcallClient): Promise<number> {
  const all = await client.undo.list();
  if (out.options.json) out.json(all);
  else for (const { ref, at, what } of all) out.line(`${ref}  ${at}  ${what}`);
  if (all.length === 0) out.note('nothing can be taken back');
  return EXIT.fine;
}
