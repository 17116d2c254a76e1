import type { AuditJson, RollcallClient } from '../../contract/index.ts';
import { Fault, orFault } from '../../core/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { AUDIT_HEADING, auditRow } from '../printers/access-text.ts';
import { readMoment } from '../terminal/moment.ts';

interface Options {
  readonly since?: string;
  readonly user?: string;
  readonly operation?: string;
  readonly limit: string;
}

type Question = NonNullable<Parameters<RollcallClient['audit']['list']>[0]>;

/** Entries asked for at a time when all since a moment are wanted. */
const PAGE = 1000;

export const auditCommand: CommandModule = {
  define: (command) =>
    command
      .description('List who changed what, and who was refused; oldest first. Kept for a year. Without --since: the newest ones.')
      .option('--since <time>', 'all from that moment on: 1d for the last day, or 2026-11-21T03:00')
      .option('--user <name>', 'of one user with all their tokens, or of one token (anna/backup); "owner" is whoever owns this machine')
      .option('--operation <name>', 'only this one (users.add), or all of a kind (users)')
      .option('--limit <count>', 'without --since: how many', '100')
      .addHelpText('after', '\nExit codes: 0 listed (also when nothing is), 2 failure.'),

  async run(call: Call) {
    const { out } = call;
    const entries = await call.withClient((client) => listed(client, questionOf(call)));
    if (out.options.json) out.json(entries);
    else if (entries.length > 0) out.table(AUDIT_HEADING, entries.map(auditRow));
    else out.note('nothing was done');
    return EXIT.fine;
  },
};

function questionOf({ options, world }: Call): Question {
  const { since, user, operation, limit } = options as Options;
  return {
    ...(since !== undefined && { since: new Date(orFault(readMoment(since, '--since', world.now()))).toISOString() }),
    ...(user !== undefined && { user }),
    ...(operation !== undefined && { operation }),
    limit: since === undefined ? countOf(limit) : PAGE,
  };
}

function countOf(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= PAGE) return count;
  const shown = JSON.stringify(text.slice(0, 40));
  throw new Fault('bad-input', `reading --limit ${shown}: it is not a count`, `write a number from 1 to ${PAGE}, or use --since`);
}

/** Oldest first. One answer, or as many as it takes to have everything since a moment. */
async function listed(client: RollcallClient, question: Question): Promise<readonly AuditJson[]> {
  const entries = await client.audit.list(question);
  if (question.since !== undefined)
    for (let page = entries; page.length === PAGE; entries.push(...page))
      page = await client.audit.list({ ...question, before: (entries.at(-1) as AuditJson).id });
  return entries.reverse();
}
