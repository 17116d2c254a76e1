import { numbersOf } from '../alerts/numbers.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { INCIDENT_HEADING, incidentRow, printIncident } from '../printers/incident-text.ts';
import { counted } from '../printers/scan-text.ts';
import { wrongWords } from '../sub-words.ts';

interface Options {
  readonly all?: boolean;
}

/** Rows that are listed. */
const MOST = 1000;

export const incidentsCommand: CommandModule = {
  define: (command) =>
    command
      .description('List what is going on, newest first: changes with one cause, until it is over. With a number: who was told of it.')
      .argument('[id...]', 'number of an incident')
      .option('--all', 'also those that are over')
      .addHelpText('after', '\nExit codes: 0 listed (also when nothing is going on), 2 no such incident, or failure.'),

  async run(call) {
    const all = (call.options as Options).all === true;
    if (call.args.length === 0) return list(call, all);
    const [id, ...others] = numbersOf(call.args, 'incident', 'incidents --all');
    if (id === undefined || others.length > 0 || all) throw wrongWords('incidents', call.args, 'one number alone, or --all');
    return show(call, id);
  },
};

async function list({ out, withClient }: Call, all: boolean): Promise<number> {
  const incidents = await withClient((client) => client.incidents.list({ over: all ? 'yes' : 'no', limit: MOST }));
  if (out.options.json) out.json(incidents);
  else if (incidents.length > 0) out.table(INCIDENT_HEADING, incidents.map(incidentRow));
  if (!out.options.json) out.note(incidents.length === 0 ? 'nothing is going on' : noteOf(incidents.length));
  return EXIT.fine;
}

const noteOf = (count: number): string =>
  `${counted(count, 'incident')}${count === MOST ? ', the newest' : ''}; take note with "rollcall ack ID"`;

async function show({ out, withClient }: Call, id: number): Promise<number> {
  const told = await withClient((client) => client.incidents.show({ id }));
  if (out.options.json) out.json(told);
  else printIncident(out, told);
  return EXIT.fine;
}
