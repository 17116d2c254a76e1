import { type Call, type CommandModule, EXIT } from '../command.ts';
import { printWhyChange, printWhyDevice } from '../printers/why-text.ts';

interface Options {
  readonly device?: boolean;
  readonly all?: boolean;
}

export const whyCommand: CommandModule = {
  define: (command) =>
    command
      .description('Show the evidence behind a change, or behind what is believed of a device.')
      .argument('<what>', 'number of a change, as "rollcall changes" shows it; or name, MAC or address of a device')
      .option('--device', 'a number means a device by its id')
      .option('--all', 'of a device: also what was believed once')
      .addHelpText('after', '\nExit codes: 0 shown, 2 no such change or device, or failure.'),

  async run(call) {
    const [what = ''] = call.args;
    const { device = false, all = false } = call.options as Options;
    const marked = /^#\d+$/.test(what);
    if (/^\d+$/.test(what) && !device) return explainChange(call, Number(what));
    return explainDevice(call, marked ? what.slice(1) : what, all);
  },
};

async function explainChange({ out, withClient }: Call, seq: number): Promise<number> {
  const why = await withClient((client) => client.why.change({ seq }));
  if (out.options.json) out.json(why);
  else printWhyChange(out, why);
  return EXIT.fine;
}

async function explainDevice({ out, withClient }: Call, reference: string, all: boolean): Promise<number> {
  const why = await withClient((client) => client.why.device({ reference, all }));
  if (out.options.json) out.json(why);
  else printWhyDevice(out, why);
  return EXIT.fine;
}
