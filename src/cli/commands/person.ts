import type { PersonJson } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { deviceLabel } from '../printers/change-text.ts';
import { presencePiece } from '../printers/device-text.ts';
import { counted } from '../printers/scan-text.ts';

export const personCommand: CommandModule = {
  define: (command) =>
    command
      .description('List people, who is whoever owns a device, and whether they are home; or say whose devices are.')
      .argument('[what]', 'give, take or rename; usually list')
      .argument('[words...]', 'give PERSON DEVICE..., take DEVICE..., rename PERSON NAME')
      .addHelpText('after', '\nExit codes: 0 listed or said (also when there is nobody), 2 no such device or person, or failure.'),

  async run(call) {
    const [what = 'list', ...words] = call.args;
    if (what === 'list') return list(call);
    if (what === 'give' && words.length >= 2) return say(call, { owner: words[0] as string }, words.slice(1));
    if (what === 'take' && words.length >= 1) return say(call, { owner: null }, words);
    if (what === 'rename' && words.length === 2) return rename(call, words as [string, string]);
    throw new Fault(
      'bad-input',
      `reading the command line: person cannot ${JSON.stringify(call.args.join(' ').slice(0, 80))}`,
      'write person, person give ANNA DEVICE..., person take DEVICE..., or person rename ANNA ANNE',
    );
  },
};

async function list({ out, withClient }: Call): Promise<number> {
  const people = await withClient((client) => client.people.list());
  if (out.options.json) out.json(people);
  else if (people.length > 0) out.table(['PERSON', 'PRESENCE', 'DEVICES'], people.map(rowOf));
  else out.note('nobody owns a device yet; say so with "rollcall person give ANNA DEVICE"');
  return EXIT.fine;
}

const rowOf = ({ name, presence, devices }: PersonJson) => [
  name,
  presencePiece(presence),
  devices.map((device) => `${deviceLabel(device)}${device.carried ? '' : ' (stays)'}`).join(', '),
];

async function say({ out, withClient }: Call, word: { owner: string | null }, references: readonly string[]): Promise<number> {
  const devices = await withClient((client) => client.devices.editMany({ references: [...references], ...word }));
  if (out.options.json) out.json(devices);
  else out.line(`${counted(devices.length, 'device')} of ${word.owner ?? 'nobody'}: ${devices.map(deviceLabel).join(', ')}`);
  return EXIT.fine;
}

async function rename(call: Call, [from, to]: readonly [string, string]): Promise<number> {
  const people = await call.withClient((client) => client.people.list());
  const person = people.find(({ name }) => name === from);
  if (!person)
    throw new Fault(
      'not-found',
      `renaming ${JSON.stringify(from.slice(0, 80))}: nobody is called that`,
      'list people with "rollcall person"',
    );
  return say(
    call,
    { owner: to },
    person.devices.map(({ id }) => String(id)),
  );
}
