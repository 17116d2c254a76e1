import { createReadStream, openAsBlob, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Fault, orFault } from '../../core/index.ts';
import { type Call, type CommandModule } from '../command.ts';
import { exitOfScan, printScanResult } from '../printers/scan-text.ts';
import { readMoment } from '../terminal/moment.ts';
import { progressOn } from '../terminal/progress.ts';
import { visible } from '../terminal/visible.ts';

interface Options {
  readonly covers?: readonly string[];
  readonly at?: string;
}

/** Largest report the contract takes, in bytes. */
const LARGEST = 256 * 1024 * 1024;

export const ingestCommand: CommandModule = {
  define: (command) =>
    command
      .description("Take in another program's report: nmap XML, nmap normal text or arp-scan text; which one it is, is detected.")
      .argument('[file]', 'the report; - or nothing reads what is piped in')
      .option('--covers <targets...>', 'what was scanned, when the report does not say: only what lies inside can be away')
      .option('--at <time>', 'when it was taken, when the report does not say: 2026-11-21T03:00, or 2h for two hours ago')
      .addHelpText(
        'after',
        '\n  nmap -sn 192.168.1.0/24 | rollcall ingest\n\nExit codes: 0 complete, 1 partial, 2 failed or refused (nothing is stored then).\n' +
          'JSON: {"scan": {...}, "hosts": [...], "changes": [...], "warnings": [...]}',
      ),

  async run(call) {
    const { covers = [], at } = call.options as Options;
    const moment = at === undefined ? {} : { at: new Date(orFault(readMoment(at, '--at', call.world.now()))).toISOString() };
    const file = await reportFile(call);
    const { onSent, end } = uploadProgress(call, file);
    try {
      const result = await call.withClient((client) => client.ingest({ file, name: file.name, covers: [...covers], ...moment }), onSent);
      end();
      printScanResult(call.out, result);
      return exitOfScan(result.scan);
    } finally {
      end();
    }
  },
};

async function reportFile({ args, world }: Call): Promise<File> {
  const [name = '-'] = args;
  if (name === '-') return new File(await pipedIn(world.stdin), 'stdin');
  const path = resolve(world.cwd, name);
  const there = statSync(path);
  if (there.isDirectory()) throw new Fault('bad-input', `reading report ${path}: it is a folder`, 'name a file');
  // A pipe, as <(command) gives one, has no size and can be read only once.
  if (!there.isFile()) return new File(await collected(createReadStream(path), path), basename(path));
  if (there.size > LARGEST) throw tooLarge(path);
  // Read only as it is sent, never as a whole.
  return new File([await openAsBlob(path)], basename(path));
}

async function pipedIn(stdin: Call['world']['stdin']): Promise<Uint8Array<ArrayBuffer>[]> {
  if (stdin.isTTY === true)
    throw new Fault(
      'bad-input',
      'reading report: nothing is piped in',
      'name a file, or pipe a scan into it: nmap -sn NET | rollcall ingest',
    );
  return collected(stdin, 'from stdin');
}

async function collected(source: AsyncIterable<Uint8Array>, from: string): Promise<Uint8Array<ArrayBuffer>[]> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.byteLength;
    if (size > LARGEST) throw tooLarge(from);
    chunks.push(chunk as Uint8Array<ArrayBuffer>);
  }
  if (size === 0)
    throw new Fault('bad-input', `reading report ${from}: it is empty`, 'check that the command before the pipe printed something');
  return chunks;
}

const tooLarge = (what: string): Fault =>
  new Fault(
    'bad-input',
    `reading report ${what}: it is larger than ${LARGEST / 1024 / 1024} MB`,
    'split it, or take in its parts one by one',
  );

/** Reports over a few megabytes take long enough to show how far they are. */
function uploadProgress({ world, out }: Call, file: File): { onSent: (bytes: number) => void; end: () => void } {
  const progress = progressOn(world.stderr, visible(`taking in ${file.name}`), {
    ...out.options,
    quiet: out.options.quiet || file.size < 4_000_000,
  });
  let sent = 0;
  return {
    onSent(bytes) {
      sent += bytes;
      const done = Math.min(1, sent / file.size);
      progress.step({ done, secondsLeft: null, found: `${(Math.min(sent, file.size) / 1_000_000).toFixed(1)} MB` });
    },
    end: () => progress.end(),
  };
}
