import { Fault } from '../../core/index.ts';
import { type CommandModule, EXIT } from '../command.ts';
import { SCAN_HEADING, scanRow } from '../printers/scan-text.ts';

interface Options {
  readonly limit: string;
}

const MOST = 10_000;

export const scansCommand: CommandModule = {
  define: (command) =>
    command
      .description('List the scans, newest first, and how they ended.')
      .option('--limit <count>', 'how many', '20')
      .addHelpText('after', '\nExit codes: 0 listed (also when there are none), 2 failure.'),

  async run({ out, options, withClient }) {
    const { limit } = options as Options;
    if (!/^[1-9]\d{0,4}$/.test(limit) || Number(limit) > MOST)
      throw new Fault(
        'bad-input',
        `reading --limit ${JSON.stringify(limit.slice(0, 40))}: it is not a count`,
        `write a number from 1 to ${MOST}`,
      );
    const scans = await withClient((client) => client.scans.list({ limit: Number(limit) }));
    if (out.options.json) out.json(scans);
    else if (scans.length > 0) out.table(SCAN_HEADING, scans.map(scanRow));
    else out.note('no scans yet; look at something with "rollcall scan TARGET"');
    return EXIT.fine;
  },
};
