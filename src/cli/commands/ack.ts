import { numbersOf } from '../alerts/numbers.ts';
import { type CommandModule, EXIT } from '../command.ts';
import { incidentText } from '../printers/incident-text.ts';
import { counted } from '../printers/scan-text.ts';
import { userOf } from '../who-and-when.ts';

export const ackCommand: CommandModule = {
  define: (command) =>
    command
      .description('Take note of incidents: reminders and escalations of them end. They stay until they are over.')
      .argument('<ids...>', 'numbers, as "rollcall incidents" shows them; or all')
      .addHelpText('after', '\nExit codes: 0 noted (also when nothing was open), 2 no such incident, or failure.'),

  async run({ out, world, args, withClient }) {
    const ids = args.length === 1 && args[0] === 'all' ? ('open' as const) : numbersOf(args, 'incident', 'incidents');
    const by = userOf(world);
    const noted = await withClient((client) => client.incidents.acknowledge({ ids, ...(by !== undefined && { by }) }));
    if (out.options.json) out.json(noted);
    else {
      for (const incident of noted) out.line(`noted ${incident.id}  ${incidentText(incident)}`);
      out.note(noted.length === 0 ? 'nothing is going on' : counted(noted.length, 'incident'));
    }
    return EXIT.fine;
  },
};
