import { resolve } from 'node:path';
import type { Config, ConfigFault, ConfigReading } from '../../config/index.ts';
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
        '\nExit codes: 0 sound (or there is none), 2 faults found or failure.\nJSON: {"file", "ok", "faults": [{"path", "line", "message", "remedy"}], "doubts": [as faults]}',
      ),

  async run(call) {
    const { args, world, places } = call;
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
    const reading = await readConfigFile(file, world);
    tell(call, file, reading);
    return reading.ok ? EXIT.fine : EXIT.failed;
  },
};

function tell(call: Call, file: string, reading: ConfigReading): void {
  const { out } = call;
  const [faults, doubts] = reading.ok ? [[], reading.doubts] : [reading.faults, []];
  if (out.options.json) return out.json({ file, ok: reading.ok, faults, doubts });
  if (reading.ok) out.line(`${file}: `, { text: 'sound', tone: 'good' }, `, ${gist(reading.config)}`);
  print(call, [...faults, ...doubts]);
  if (faults.length > 0) out.note(`${counted(faults.length, 'fault')} found`);
  if (doubts.length > 0) out.note(`${counted(doubts.length, 'doubt')}: what is not in the file may have been made elsewhere`);
}

function noFile({ out }: Call): number {
  if (out.options.json) out.json({ file: null, ok: true, faults: [], doubts: [] });
  else out.line('there is no config file, so the defaults hold');
  return EXIT.fine;
}

function gist({ targets, allowances, channels, rules }: Config): string {
  const alerts = channels.length + rules.length > 0 ? [counted(channels.length, 'channel'), counted(rules.length, 'rule')] : [];
  return [counted(targets.length, 'target'), counted(allowances.length, 'allowance'), ...alerts].join(', ');
}

function print({ out }: Call, faults: readonly ConfigFault[]): void {
  for (const { message, remedy } of faults) {
    out.line(message);
    out.line({ text: '  remedy:', tone: 'good' }, ` ${remedy}`);
  }
}
