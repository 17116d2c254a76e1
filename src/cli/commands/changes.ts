import { Option } from 'commander';
import type { ChangeJson, RollcallClient } from '../../contract/index.ts';
import { CHANGE_FAMILIES, CHANGE_KINDS, type ChangeFamily, Fault, orFault } from '../../core/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { wholeFilter } from '../filter-words.ts';
import { followChanges } from '../follow-changes.ts';
import { CHANGE_HEADING, changeRow } from '../printers/change-text.ts';
import { readMoment } from '../terminal/moment.ts';

interface Options {
  readonly since?: string;
  readonly kind?: ChangeJson['kind'][];
  readonly device?: string;
  readonly filter?: string;
  readonly family?: ChangeFamily[];
  readonly limit: string;
  readonly follow?: boolean;
}

type Question = NonNullable<Parameters<RollcallClient['changes']['list']>[0]>;

/** Rows asked for at a time when all of a span of time are wanted. */
const PAGE = 10_000;

export const changesCommand: CommandModule = {
  define: (command) =>
    command
      .description('List what changed, oldest first. Without --since: the newest ones.')
      .option('--since <time>', 'all from that moment on: 1d for the last day, or 2026-11-21T03:00')
      .addOption(new Option('--kind <kinds...>', 'only changes of these kinds').choices(CHANGE_KINDS))
      .addOption(new Option('--family <families...>', 'also all kinds of these families').choices(CHANGE_FAMILIES).conflicts('follow'))
      .option('--device <device>', 'only those of one device: id, name, MAC or address')
      .addOption(new Option('--filter <words>', 'only of devices that fit now, like "group:iot -tag:ok"').conflicts('follow'))
      .option('--limit <count>', 'without --since: how many', '100')
      .option('--follow', 'go on with every new change as it happens; as JSON, one change on each line')
      .addHelpText('after', '\nExit codes: 0 listed (also when nothing changed), 2 failure, 130 interrupted while following.'),

  async run(call) {
    const { out } = call;
    return call.withClient(async (client, daemon) => {
      const options = call.options as Options;
      if (options.follow && !daemon)
        throw new Fault('unavailable', 'following changes: no daemon runs, so nothing will change', 'start it with "rollcall start"');
      const changes = await listed(client, questionOf(options, call));
      if (options.follow) return followChanges({ client, call, seen: changes, only: await filterOf(options, client) });
      if (out.options.json) out.json(changes);
      else if (changes.length > 0) out.table(CHANGE_HEADING, changes.map(changeRow));
      else out.note('nothing changed');
      return EXIT.fine;
    });
  },
};

function questionOf({ since, kind, family, device, filter, limit }: Options, { world }: Call): Question {
  const from = since === undefined ? {} : { since: new Date(orFault(readMoment(since, '--since', world.now()))).toISOString() };
  const count = since === undefined ? { limit: countOf(limit) } : { limit: PAGE };
  const whose = { ...(device !== undefined && { device }), ...(filter !== undefined && { filter: wholeFilter(filter, '--filter') }) };
  return { ...from, ...count, ...(kind && { kind }), ...(family && { family }), ...whose };
}

function countOf(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= PAGE) return count;
  throw new Fault(
    'bad-input',
    `reading --limit ${JSON.stringify(text.slice(0, 40))}: it is not a count`,
    `write a number from 1 to ${PAGE}`,
  );
}

/** One answer, or as many as it takes to have everything since a moment. */
async function listed(client: RollcallClient, question: Question): Promise<ChangeJson[]> {
  const changes = await client.changes.list(question);
  if (question.since === undefined) return changes;
  for (let page = changes; page.length === PAGE; changes.push(...page))
    page = await client.changes.list({ ...question, afterSeq: (changes.at(-1) as ChangeJson).seq });
  return changes;
}

/** The same choice of changes, for those that arrive one by one. */
async function filterOf({ kind, device }: Options, client: RollcallClient): Promise<(change: ChangeJson) => boolean> {
  const id = device === undefined ? undefined : (await client.devices.get({ reference: device })).device.id;
  const isOf = ({ device: of, after }: ChangeJson): boolean => of?.id === id || after?.['into'] === id;
  return (change) => (kind === undefined || kind.includes(change.kind)) && (id === undefined || isOf(change));
}
