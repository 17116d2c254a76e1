import { type Change, type ChangeKind, type Device, deviceName } from '../core/index.ts';
import { groupsOf, guessType, type Party, peopleOf, type TypeOf } from '../inventory/index.ts';
import { devicesWhen } from './belief-view.ts';
import { textIn } from './vigil.ts';
import type { WhyStep } from './why-asked.ts';
import { evidenceOf, type Made } from './why-evidence.ts';
import { step } from './why-steps.ts';
import type { Wired } from './wire.ts';

/** Most lines of a tool's output shown of the device that brought somebody. */
const MOST_LINES = 8;
/** Most devices of a person or group that are named. */
const MOST_NAMED = 12;

/** Why a person came or left, or the first or last of a group: whose coming or going did it, with its evidence in short. */
export async function partySteps(wired: Wired, made: Made): Promise<readonly WhyStep[]> {
  const { change } = made;
  const device = moverOf(change);
  const party = await partyWhen(wired, change);
  const counted = party ? [step('belief', countedText(party), { at: change.at })] : [];
  return [...(device ? await moverSteps(wired, made, device) : []), ...counted, step('rule', RULES[isPerson(change) ? 'person' : 'group'])];
}

interface Mover {
  readonly id: number;
  readonly name: string | null;
}

/** The device by which somebody came or left; null for changes of another kind. */
export function moverOf({ kind, after }: Change): Mover | null {
  const device = after?.['device'];
  if (!PARTY_KINDS.has(kind) || typeof device !== 'object' || device === null || !('id' in device)) return null;
  return typeof device.id === 'number' ? { id: device.id, name: textIn(device['name']) || null } : null;
}

const PARTY_KINDS: ReadonlySet<ChangeKind> = new Set(['person.arrived', 'person.left', 'group.first-arrived', 'group.last-left']);

const isPerson = ({ kind }: Change): boolean => kind.startsWith('person.');

/** Changes of a device by which its presence is told. */
const COMINGS: ReadonlySet<ChangeKind> = new Set(['device.appeared', 'device.returned', 'device.left', 'device.flapping', 'device.stable']);

async function moverSteps(wired: Wired, { change, scan, beside }: Made, { id, name }: Mover): Promise<readonly WhyStep[]> {
  const title = name === null ? `#${id}` : `${name} (#${id})`;
  const own = beside.find(({ kind }) => COMINGS.has(kind)) ?? beside[0];
  if (scan.plan === 'edit')
    return [
      step('belief', own ? `it follows from change ${own.seq} of ${title}: ${own.kind}` : `it follows from what was said of ${title}`),
    ];
  const text = own ? `it was ${title}: ${own.kind}, change ${own.seq}` : `it was ${title}, of which nothing else was told`;
  const kind = change.kind.endsWith('arrived') ? 'device.returned' : 'device.left';
  const of: Change = own && COMINGS.has(own.kind) ? own : { ...change, device: id, kind, before: null, after: null };
  const evidence = await evidenceOf(wired, { change: of, scan, spans: await wired.outside.store.spansOf(id) });
  return [step('belief', text), ...evidence.map(inShort)];
}

const inShort = (told: WhyStep): WhyStep =>
  told.lines.length > MOST_LINES ? { ...told, lines: [...told.lines.slice(0, MOST_LINES), '...'] } : told;

const typeOf: TypeOf = (device) => device.labels.type ?? guessType(device)?.type ?? null;

/** The person or group as it was believed to be right after the change. */
async function partyWhen(wired: Wired, change: Change): Promise<Party | undefined> {
  const devices = await devicesWhen(wired, change.at);
  const name = textIn(change.after?.['name']);
  const parties = isPerson(change) ? peopleOf(devices, typeOf) : groupsOf(devices);
  return parties.find((party) => party.name === name);
}

function countedText({ name, devices, counted }: Party): string {
  const others = devices.filter((device) => !counted.includes(device));
  const rest = others.length === 0 ? '' : `; not counted, as nobody carries them: ${listed(others, titled)}`;
  return `of ${name} counted then: ${listed(counted, (device) => `${titled(device)} ${device.presence}`)}${rest}`;
}

const titled = (device: Device): string => `${deviceName(device) ?? device.addresses[0]?.address ?? 'unnamed'} (#${device.id})`;

function listed(devices: readonly Device[], text: (device: Device) => string): string {
  const more = devices.length > MOST_NAMED ? `, and ${devices.length - MOST_NAMED} more` : '';
  return `${devices.slice(0, MOST_NAMED).map(text).join(', ')}${more}`;
}

const RULES = {
  person:
    'a person is home while any device is present that counts, and away when all of them are: phones, watches and tablets count, or what is said to be carried; of somebody who has none of these, every device',
  group: 'the first of a group has come when none of it was here before, and the last has gone when all of it are away',
} as const;
