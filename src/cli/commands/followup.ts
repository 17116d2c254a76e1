import type { FollowUpJson, RollcallClient } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { followBegun, tellFollowed, type Undertaking } from '../follow-scan.ts';
import { guardOf, guardOption } from '../guard-option.ts';
import { counted } from '../printers/scan-text.ts';
import type { Output } from '../terminal/output.ts';

interface Options {
  readonly print?: true;
  readonly guard: readonly string[];
  readonly now?: true;
}

export const followupCommand: CommandModule = {
  define: (command) =>
    command
      .description('Ask the ports that opened, or whose answer is a week old, what they serve: exactly those, and nobody anything else.')
      .argument('[target...]', 'a target by its text or id, or any addresses; usually all that is watched')
      .option('--print', 'only print the exact commands; nothing is sent')
      .addOption(guardOption())
      .option('--now', 'also in quiet hours')
      .addHelpText(
        'after',
        '\nA running daemon does this by itself after each look for ports.\n\n' +
          'Exit codes: 0 asked, printed, or nothing due, 1 partial, 2 failed or refused, 130 cancelled by Ctrl-C.\n\n' +
          'JSON with --print: {"opened": 2, "old": 0, "lots": [{"addresses": [...], "ports": {"tcp": "22,80"}}], "commands": [[...]], "shell": [...], "spared": [...]}',
      ),

  run: (call) => ((call.options as Options).print ? print(call) : ask(call)),
};

/** As a script to read, and to run: what is not a command is a comment. */
async function print({ args, out, withClient }: Call): Promise<number> {
  const plan = await withClient((client) => client.followup.plan({ target: [...args] }));
  if (out.options.json) {
    out.json(plan);
    return EXIT.fine;
  }
  for (const line of plan.shell) out.line(line);
  for (const line of sparedLines(plan)) out.note(line);
  if (plan.lots.length === 0) out.note('nothing is due');
  return EXIT.fine;
}

const sparedLines = ({ spared }: FollowUpJson): string[] =>
  spared.map(({ address, protocol, port, reason }) => `left alone: ${address} ${protocol}/${port} (${reason})`);

async function ask(call: Call): Promise<number> {
  const targets = [...call.args];
  const { guard: guards, now } = call.options as Options;
  const guard = guardOf(guards);
  const order = { targets, ...(guard && { guard }), ...(now && { now }) };
  return call.withClient(async (client) => {
    const due = await client.followup.plan({ target: targets });
    if (due.lots.length === 0) return tellNothingDue(call.out);
    const subject = `${counted(due.opened + due.old, 'port')} of ${targets.join(' ') || 'all that is watched'}`;
    return tellFollowed(call.out, await followBegun({ client, call, subject, begin: beginOf(client, order) }));
  });
}

function tellNothingDue(out: Output): number {
  if (out.options.json) out.json({ scan: null, hosts: [], changes: [], warnings: [] });
  else out.note('nothing is due');
  return EXIT.fine;
}

const beginOf =
  (client: RollcallClient, order: Parameters<RollcallClient['followup']['start']>[0]): Undertaking['begin'] =>
  async (options) => {
    const { scan } = await client.followup.start(order, options);
    if (scan) return { scan };
    throw new Fault('conflict', 'following up: all that was due has just been asked', 'see what was found with "rollcall changes"');
  };
