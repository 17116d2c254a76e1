import { Fault, orFault } from '../../core/index.ts';
import { type CommandModule, EXIT } from '../command.ts';
import { wholeFilter } from '../filter-words.ts';
import { printTimelines } from '../printers/timeline-text.ts';
import { readMoment } from '../terminal/moment.ts';

interface Options {
  readonly since: string;
  readonly until?: string;
  readonly filter?: string;
  readonly ascii?: boolean;
  readonly all?: boolean;
}

/** Sessions listed unless all are wanted. */
const MOST = 40;
/** Columns where nobody says how many there are, and most that are used. */
const COLUMNS = { usual: 80, most: 240 } as const;

export const timelineCommand: CommandModule = {
  define: (command) =>
    command
      .description('Show when devices were here, as a bar and as a list of sessions.')
      .argument('[devices...]', 'ids, names, MACs or addresses')
      .option('--since <time>', 'from then on: 7d for the last week, or 2026-11-21T03:00', '7d')
      .option('--until <time>', 'up to then instead of now')
      .option('--filter <words>', `devices that all these words fit, like group:iot or 'owner:"Anna B"'`)
      .option('--ascii', 'draw with plain characters')
      .option('--all', 'list all sessions, not only the newest')
      .addHelpText('after', '\nTimes are local.\nExit codes: 0 shown, 2 no such device, several of that name, or failure.'),

  async run({ out, world, args, options, withClient }) {
    const { since, until, filter, ascii = false, all } = options as Options;
    if (args.length === 0 && filter === undefined)
      throw new Fault('bad-input', 'reading the command line: timeline of no device', 'name one, or give --filter');
    const moment = (text: string, option: string): string => new Date(orFault(readMoment(text, option, world.now()))).toISOString();
    const timelines = await withClient((client) =>
      client.presence.timeline({
        since: moment(since, '--since'),
        ...(args.length > 0 && { device: [...args] }),
        ...(until !== undefined && { until: moment(until, '--until') }),
        ...(filter !== undefined && { filter: wholeFilter(filter, '--filter') }),
      }),
    );
    if (out.options.json) out.json(timelines);
    else if (timelines.length === 0) out.note('no device fits');
    else {
      const columns = Math.min(world.stdout.columns ?? COLUMNS.usual, COLUMNS.most);
      printTimelines(out, timelines, { columns, ascii, most: all ? Number.POSITIVE_INFINITY : MOST });
    }
    return EXIT.fine;
  },
};
