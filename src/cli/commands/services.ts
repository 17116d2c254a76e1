import { Option } from 'commander';
import type { ServicesJson } from '../../contract/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { filterOfArguments } from '../filter-words.ts';
import { counted } from '../printers/scan-text.ts';
import { printServices } from '../printers/service-text.ts';

const FILTER = `only of devices that all these words fit, like group:iot or 'owner:"Anna B"'`;
const EXITS = '\nAlso of devices that are away, as they were seen last.\nExit codes: 0 listed (also when there are none), 2 failure.';

interface Options {
  readonly by?: 'port' | 'product';
  readonly at?: string;
}

export const servicesCommand: CommandModule = {
  define: (command) =>
    command
      .description('Say what is served and by whom: open ports, or products and their versions.')
      .argument('[filter...]', FILTER)
      .addOption(new Option('--by <what>', 'what belongs together').choices(['port', 'product']).default('port'))
      .option('--at <moment>', 'as believed then: ISO 8601, or so long ago, like 7d')
      .addHelpText('after', EXITS),
  run: (call) => list(call, (call.options as Options).by ?? 'port'),
};

export const certificatesCommand: CommandModule = {
  define: (command) =>
    command
      .description('List the TLS certificates that services show, the one that ends first.')
      .argument('[filter...]', FILTER)
      .option('--at <moment>', 'as believed then: ISO 8601, or so long ago, like 7d')
      .addHelpText('after', EXITS),
  run: (call) => list(call, 'certificate'),
};

const NOUNS = { port: 'port', product: 'version', certificate: 'certificate' } as const;

async function list({ out, args, options, withClient }: Call, by: ServicesJson['by']): Promise<number> {
  const filter = filterOfArguments(args);
  const { at } = options as Options;
  const services = await withClient((client) =>
    client.services.list({ by, ...(filter !== '' && { filter }), ...(at !== undefined && { at }) }),
  );
  if (out.options.json) {
    out.json(services);
    return EXIT.fine;
  }
  if (services.groups.length > 0) printServices(out, services);
  const left = services.total - services.groups.length;
  out.note(`${counted(services.total, NOUNS[by])}${left > 0 ? `; the first ${services.groups.length} are shown` : ''}`);
  return EXIT.fine;
}
