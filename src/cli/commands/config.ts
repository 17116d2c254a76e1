import { resolve } from 'node:path';
import type { Config, ConfigFault } from '../../config/index.ts';
import { Fault } from '../../core/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { counted } from '../printers/scan-text.ts';

export const configCommand: CommandModule = {
  define: (command) =>
    command
      .description('Check the config file: every fault at once, with line and remedy. Nothing is changed or started.')
      .argument('<what>', 'check')
      .argument('[file]', 'another file than the usual one')
      .addHelpText(
        'after',
        '\nExit codes: 0 sound (or there is none), 2 faults found or failure.\nJSON: {"file", "ok", "faults": [{"path", "line", "message", "remedy"}]}',
      ),

  async run(call) {
    const { out, args, world, places } = call;
    const [what = '', named] = args;
    if (what !== 'check')
      throw new Fault(
        'bad-input',
        `reading the command line: config cannot ${JSON.stringify(what.slice(0, 40))}`,
        'did you mean config check?',
      );
    const file = named === undefined ? places.config : resolve(world.cwd, named);
    if (file === null) return noFile(call);
    const { readConfigFile } = await import('../load-config.ts');
    const reading = await readConfigFile(file);
    if (out.options.json) out.json({ file, ok: reading.ok, faults: reading.ok ? [] : reading.faults });
    else if (reading.ok) out.line(`${file}: `, { text: 'sound', tone: 'good' }, `, ${gist(reading.config)}`);
    else printFaults(call, reading.faults);
    return reading.ok ? EXIT.fine : EXIT.failed;
  },
};

function noFile({ out }: Call): number {
  if (out.options.json) out.json({ file: null, ok: true, faults: [] });
  else out.line('there is no config file, so the defaults hold');
  return EXIT.fine;
}

const gist = ({ targets, allowances }: Config): string =>
  `${counted(targets.length, 'target')}, ${counted(allowances.length, 'allowance')}`;

function printFaults({ out }: Call, faults: readonly ConfigFault[]): void {
  for (const { message, remedy } of faults) {
    out.line(message);
    out.line({ text: '  remedy:', tone: 'good' }, ` ${remedy}`);
  }
  out.note(`${counted(faults.length, 'fault')} found`);
}
