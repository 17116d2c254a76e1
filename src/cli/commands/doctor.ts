import type { FindingJson } from '../../contract/index.ts';
import { type CommandModule, EXIT } from '../command.ts';
import type { Tone } from '../terminal/output.ts';

const TONES: Record<FindingJson['level'], Tone> = { fine: 'good', limited: 'warn', broken: 'bad' };

export const doctorCommand: CommandModule = {
  define: (command) =>
    command
      .description('Test this machine: what is missing or limited, and the fix.')
      .addHelpText('after', '\nExit codes: 0 nothing broken (perhaps limited), 1 something is broken, 2 failure.'),

  async run({ out, withClient }) {
    const findings = await withClient((client) => client.doctor.get());
    if (out.options.json) out.json(findings);
    else
      for (const { level, topic, text, remedy } of findings) {
        out.line({ text: level.padEnd(8), tone: TONES[level] }, `${topic}: ${text}`);
        if (remedy !== null) out.line(`        remedy: ${remedy}`);
      }
    return findings.some(({ level }) => level === 'broken') ? EXIT.found : EXIT.fine;
  },
};
