import { resolve } from 'node:path';
import { Option } from 'commander';
import { EXPORT_FORMATS, type ExportFormat, Fault } from '../../core/index.ts';
import { type CommandModule, EXIT } from '../command.ts';
import { stage } from '../reports/files.ts';

interface Options {
  readonly as?: ExportFormat;
  readonly output?: string;
}

const EXPLANATION = `
xml is nmap's own output as it was kept, in one document; grepable and normal are as nmap -oG and -oN write them. csv has a row for
each port, and an apostrophe before what a spreadsheet would take for a formula. json: {"scan": {...}, "kept": true, "hosts": [...]}.

  rollcall export 31 --as xml -o scan.xml

Exit codes: 0 written, 2 no such scan, nothing of it kept in that form, or failure.`;

export const exportCommand: CommandModule = {
  define: (command) =>
    command
      .description('Write a scan in the form of other programs.')
      .argument('<scan>', 'its number, as "rollcall scans" lists it')
      .addOption(new Option('--as <form>', 'the form').choices(EXPORT_FORMATS).default('xml'))
      .option('-o, --output <file>', 'where to; left out: to the terminal or pipe')
      .addHelpText('after', EXPLANATION),

  async run({ args, options, out, world, withClient, unread }) {
    const { as = 'xml', output } = options as Options;
    const id = scanOf(args[0] ?? '');
    const file = await withClient((client) => client.scans.export({ id, as }));
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

function scanOf(text: string): number {
  const match = /^(?:scan:)?([1-9]\d{0,14})$/.exec(text);
  if (match) return Number(match[1]);
  throw new Fault(
    'bad-input',
    `reading scan ${JSON.stringify(text.slice(0, 60))}: it is no number`,
    'write it as "rollcall scans" lists it, like 31',
  );
}
