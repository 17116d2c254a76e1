import { Option } from 'commander';
import { Fault, HISTORY_FORMATS, type HistoryFormat } from '../../core/index.ts';
import { type CommandModule, EXIT } from '../command.ts';
import { fileToSend, foundFiles } from '../import/found-files.ts';
import { printImport } from '../printers/import-text.ts';
import { importDevices, type RosterImportOptions } from '../roster/import-devices.ts';
import { progressOn } from '../terminal/progress.ts';

interface Options extends RosterImportOptions {
  readonly from?: HistoryFormat;
  readonly covers?: readonly string[];
  readonly zone?: string;
}

export const importCommand: CommandModule = {
  define: (command) =>
    command
      .description('Take in what other programs remember: it becomes the past of the devices, and nothing is told as news.')
      .argument('<paths...>', 'files, or folders of them; in folders those of a known format are taken')
      .addOption(new Option('--from <format>', 'the format, when it is not to be told by the content').choices(HISTORY_FORMATS))
      .option('--dry-run', 'say what would happen, and write nothing')
      .option('--covers <targets...>', 'what nmap scanned, when its files do not say: only what lies inside can be away')
      .option('--zone <zone>', 'time zone of times that do not say theirs, like Europe/Berlin; else that of this machine')
      .option('--clear', 'devices: an empty cell takes away what was said; else it says nothing')
      .addHelpText(
        'after',
        '\n  rollcall import --dry-run /root/nmap\n  rollcall import nm_device_events.sql --zone Europe/Berlin\n\n' +
          'Formats: nmap (XML), network-monitor (MySQL dump or CSV), arpwatch (arp.dat), netalertx and pialert (CSV),\n' +
          'watchyourlan (SQLite). Importing twice adds nothing twice.\n\n' +
          '"rollcall import devices FILE" says what devices are, by a table that "rollcall export devices" wrote: all of it or none.\n\n' +
          'Exit codes: 0 imported, 1 imported with rows or files refused, 2 failure or nothing of use.\n' +
          'JSON: {"dryRun": ..., "devices": {...}, "sessions": ..., "spans": ..., "files": [...], "refused": {...}, "seq": ...}',
      ),

  async run(call) {
    const { args, options, out, world, withClient } = call;
    const [what, table] = args;
    if (what === 'devices' && table !== undefined && args.length === 2) return importDevices(call, table, options);
    refuseClear(options);
    const { from, dryRun = false, covers = [], zone = ownZone() } = options as Options;
    const { files: found, passed } = foundFiles(world.cwd, args);
    if (found.length === 0)
      throw new Fault('bad-input', `importing ${args.join(' ')}: there is no file of a known format`, 'look at docs/import.md');
    const files = await Promise.all(found.map(fileToSend));
    const total = found.reduce((sum, { size }) => sum + size, 0);
    const progress = progressOn(world.stderr, 'importing', { ...out.options, quiet: out.options.quiet || total < 4_000_000 });
    let sent = 0;
    const onSent = (bytes: number): void => {
      sent += bytes;
      progress.step({ done: Math.min(1, sent / total), secondsLeft: null, found: `${(Math.min(sent, total) / 1_000_000).toFixed(1)} MB` });
    };
    try {
      const request = { files, zone, covers: [...covers], dryRun, ...(from !== undefined && { from }) };
      const result = await withClient((client) => client.importHistory(request), onSent);
      progress.end();
      if (out.options.json) out.json(result);
      else printImport(out, result, passed);
      return result.refused.count > 0 ? EXIT.found : EXIT.fine;
    } finally {
      progress.end();
    }
  },
};

function refuseClear({ clear }: Options): void {
  if (clear) throw new Fault('bad-input', 'reading the command line: --clear is for "import devices FILE"', 'leave it out');
}

const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
