import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault } from '../../core/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { oneOf } from '../sub-words.ts';
import { type UnitFile, unitFiles } from '../systemd/units.ts';

const EXPLANATION = `
  rollcall systemd print     the files, each under the path where it belongs
  rollcall systemd install   write them there (as root), and say how to go on

The daemon runs without any capability; what needs raw packets is done by rollcall-runner, which has one.
Exit codes: 0 printed or written, 2 failure.`;

const WORDS: Readonly<Record<string, (files: readonly UnitFile[], call: Call) => Promise<void> | void>> = { print, install };

export const systemdCommand: CommandModule = {
  words: Object.keys(WORDS),

  define: (command) =>
    command
      .description('Print or install the units that run daemon and runner under systemd, shut in as far as they can be.')
      .argument('[what]', Object.keys(WORDS).join(' or '), 'print')
      .addHelpText('after', EXPLANATION),

  async run(call) {
    const does = oneOf(WORDS, 'systemd', call.args[0] ?? 'print');
    await does(await unitFiles(call.world.launcher[0]), call);
    return EXIT.fine;
  },
};

function print(files: readonly UnitFile[], { out }: Call): void {
  if (out.options.json) out.json(files);
  else out.raw(files.map(({ path, text }) => `### ${path}\n${text}`).join('\n'));
}

async function install(files: readonly UnitFile[], { out }: Call): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { mode: 0o644 }).catch((reason: Error) => {
      throw new Fault('unavailable', `writing ${path}: ${reason.message}`, 'run it as root');
    });
    out.line(`wrote ${path}`);
  }
  out.note('go on with: systemd-sysusers && systemctl daemon-reload && systemctl enable --now rollcall-runner.socket rollcall.service');
}
