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
    const reading = await withSecret(await withMirror(await readConfigFile(file, world), world));
    tell(call, file, reading);
    return reading.ok ? EXIT.fine : EXIT.failed;
  },
};

/** What a daemon would refuse of files that are named in this one. A daemon of another account may read what we may not. */
async function withMirror(reading: ConfigReading, world: Call['world']): Promise<ConfigReading> {
  if (!reading.ok || (reading.config.mqtt.url === null && reading.config.mqtt.urlFile === null)) return reading;
  const refusal = await world.tryMirror(reading.config);
  if (refusal === null) return reading;
  const fault = { path: 'mqtt', line: null, message: refusal.message, remedy: refusal.remedy ?? '' };
  return refusal.code === 'refused' ? { ...reading, doubts: [...reading.doubts, fault] } : { ok: false, faults: [fault] };
}

/** What lets nobody go to the identity provider, though the file is sound in itself. */
async function withSecret(reading: ConfigReading): Promise<ConfigReading> {
  if (!reading.ok || reading.config.oidc.secretFile === null) return reading;
  const { secretOfProvider } = await import('../provider-secret.ts');
  const refusal = await secretOfProvider(reading.config.oidc).catch((thrown: unknown) => thrown);
  if (!(refusal instanceof Fault)) return reading;
  const fault = {
    path: 'oidc.secret_file',
    line: reading.said.lines['oidc.secret_file'] ?? null,
    message: refusal.message,
    remedy: refusal.remedy ?? '',
  };
  return refusal.code === 'refused' ? { ...reading, doubts: [...reading.doubts, fault] } : { ok: false, faults: [fault] };
}

function tell(call: Call, file: string, reading: ConfigReading): void {
  const { out } = call;
  const [faults, doubts] = reading.ok ? [[], reading.doubts] : [reading.faults, []];
  if (out.options.json) return out.json({ file, ok: reading.ok, faults, doubts });
  if (reading.ok) out.line(`${file}: `, { text: 'sound', tone: 'good' }, `, ${gist(reading.config)}`);
  print(call, [...faults, ...doubts]);
  if (faults.length > 0) out.note(`${counted(faults.length, 'fault')} found`);
  if (doubts.length > 0) out.note(`${counted(doubts.length, 'doubt')}: ${doubts.some(isOfFiles) ? ELSEWHERE.account : ELSEWHERE.made}`);
}

const isOfFiles = ({ path }: ConfigFault): boolean => path === 'mqtt' || path === 'oidc.secret_file';
const ELSEWHERE = {
  made: 'what is not in the file may have been made elsewhere',
  account: 'what is not to be seen from here may be seen by the daemon',
} as const;

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
