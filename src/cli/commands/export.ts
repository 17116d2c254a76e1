import { resolve } from 'node:path';
import { Option } from 'commander';
import { EXPORT_FORMATS, type ExportFormat, Fault } from '../../core/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { stage } from '../reports/files.ts';
import { exportDevices, type RosterOptions } from '../roster/export-devices.ts';

interface Options extends RosterOptions {
  readonly output?: string;
}

const EXPLANATION = `
xml is nmap's own output as it was kept, in one document; grepable and normal are as nmap -oG and -oN write them. csv has a row for
each port, and an apostrophe before what a spreadsheet would take for a formula. json: {"scan": {...}, "kept": true, "hosts": [...]}.

  rollcall export 31 --as xml -o scan.xml

"rollcall export devices" writes a table of all devices, as csv or json, which "rollcall import devices" takes in again.

  rollcall export devices --filter group:iot --columns id,macs,name,owner -o iot.csv

Exit codes: 0 written, 2 no such scan, nothing of it kept in that form, or failure.`;

export const exportCommand: CommandModule = {
  define: (command) =>
    command
      .description('Write a scan in the form of other programs, or a table of devices.')
      .argument('<scan>', 'its number, as "rollcall scans" lists it; or "devices"')
      .addOption(new Option('--as <form>', 'the form; left out: xml of a scan, csv of devices').choices(EXPORT_FORMATS))
      .option('--filter <words>', 'devices: only those that all these words fit')
      .option('--columns <names>', 'devices: only these columns, by comma')
      .option('--excel', 'devices: with the separator and the mark that Excel looks for')
      .option('-o, --output <file>', 'where to; left out: to the terminal or pipe')
      .addHelpText('after', EXPLANATION),

  async run({ args, options, out, world, withClient, unread }) {
    const { output, ...given } = options as Options;
    const file =
      args[0] === 'devices' ? await exportDevices({ withClient }, given) : await exportedScan({ withClient }, args[0] ?? '', given);
    if (output !== undefined) {
      const path = resolve(world.cwd, output);
      await (await stage(path, file.stream())).publish();
      out.note(`written to ${path}`);
      return EXIT.fine;
    }
    const text = new TextDecoder();
    for await (const chunk of file.stream()) {
      if (unread.aborted) break;
      out.raw(text.decode(chunk, { stream: true }));
    }
    out.raw(text.decode());
    return EXIT.fine;
  },
};

/** What only a table of devices takes. */
const OF_DEVICES = ['filter', 'columns', 'excel'] as const;

function exportedScan({ withClient }: Pick<Call, 'withClient'>, scan: string, given: RosterOptions): Promise<File> {
  const { as = 'xml' } = given;
  const id = scanOf(scan);
  const idle = OF_DEVICES.find((option) => given[option] !== undefined);
  if (idle !== undefined) throw new Fault('bad-input', `exporting scan ${id}: --${idle} is for devices`, 'leave it out, or export devices');
  return withClient((client) => client.scans.export({ id, as: as as ExportFormat }));
}

function scanOf(text: string): number {
  const match = /^(?:scan:)?([1-9]\d{0,14})$/.exec(text);
  if (match) return Number(match[1]);
  throw new Fault(
    'bad-input',
    `reading scan ${JSON.stringify(text.slice(0, 60))}: it is no number`,
    'write it as "rollcall scans" lists it, like 31',
  );
}
