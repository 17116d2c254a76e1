import { Fault } from '../../core/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import type { LabelWords } from '../labels.ts';
import { deviceLabel } from '../printers/change-text.ts';
import { counted } from '../printers/scan-text.ts';

export const groupCommand: CommandModule = {
  define: (command) =>
    command
      .description('List groups and how many of each are here; or put devices into one, take them out, or call it otherwise.')
      .argument('[what]', 'add, remove or rename; usually list')
      .argument('[words...]', 'add GROUP DEVICE..., remove GROUP DEVICE..., rename GROUP NAME')
      .addHelpText('after', '\nExit codes: 0 listed or said (also when there is none), 2 no such device or group, or failure.'),

  async run(call) {
    const [what = 'list', group = '', ...words] = call.args;
    if (what === 'list') return list(call);
    if (what === 'add' && words.length > 0) return say(call, { groups: { add: [group] } }, words);
    if (what === 'remove' && words.length > 0) return say(call, { groups: { drop: [group] } }, words);
    if (what === 'rename' && words.length === 1) return rename(call, group, words[0] as string);
    throw new Fault(
      'bad-input',
      `reading the command line: group cannot ${JSON.stringify(call.args.join(' ').slice(0, 80))}`,
      'write group, group add OFFICE DEVICE..., group remove OFFICE DEVICE..., or group rename OFFICE STUDY',
    );
  },
};

async function list({ out, withClient }: Call): Promise<number> {
  const groups = await withClient((client) => client.groups.list());
  if (out.options.json) out.json(groups);
  else if (groups.length > 0)
    out.table(
      ['GROUP', 'HERE', 'DEVICES'],
      groups.map(({ name, present, total, devices }) => [name, `${present} of ${total}`, devices.map(deviceLabel).join(', ')]),
    );
  else out.note('there is no group yet; make one with "rollcall group add OFFICE DEVICE"');
  return EXIT.fine;
}

async function say({ out, withClient }: Call, word: LabelWords, references: readonly string[]): Promise<number> {
  const devices = await withClient((client) => client.devices.editMany({ references: [...references], ...word }));
  if (out.options.json) out.json(devices);
  else out.line(`said of ${counted(devices.length, 'device')}: ${devices.map(deviceLabel).join(', ')}`);
  return EXIT.fine;
}

async function rename(call: Call, from: string, to: string): Promise<number> {
  const groups = await call.withClient((client) => client.groups.list());
  const group = groups.find(({ name }) => name === from);
  if (!group)
    throw new Fault(
      'not-found',
      `renaming ${JSON.stringify(from.slice(0, 80))}: no group is called that`,
      'list groups with "rollcall group"',
    );
  return say(
    call,
    { groups: { add: [to], drop: [from] } },
    group.devices.map(({ id }) => String(id)),
  );
}
