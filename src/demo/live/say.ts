import { type Device, type LabelEdit, orFault, type PlanSchedule, parsePortLists } from '../../core/index.ts';
import { NET_KEYS, NETS, type Thing } from '../story/thing.ts';
import type { Word } from '../story/word.ts';
import { placeOf, type World } from '../world/world.ts';
import type { Hearer } from './hearer.ts';

/** Says one word of the story. */
export async function say(word: Word, { hearer, world }: { readonly hearer: Hearer; readonly world: World }): Promise<void> {
  switch (word.kind) {
    case 'labels':
      return labelAll(hearer, world);
    case 'label':
      return label(hearer, world, { thing: world.thing(word.thing).thing, edit: word.edit });
    case 'merge':
      return merge(hearer, word.thing);
    case 'watch':
      return watch(hearer, word);
    case 'scan':
      return void (await hearer.startScan({ targets: word.targets, plan: word.plan }));
    default:
      return order(hearer, word);
  }
}

/** What needs no look at who is known. */
async function order(hearer: Hearer, word: Exclude<Word, { kind: 'labels' | 'label' | 'merge' | 'watch' | 'scan' }>): Promise<void> {
  switch (word.kind) {
    case 'approve': {
      const { by, why } = word;
      await hearer.approve({
        choice: { kind: 'target', target: null },
        places: null,
        closeness: 'any',
        by,
        why,
        until: null,
        dryRun: false,
      });
      return;
    }
    case 'nowhere':
      return void (await hearer.makePolicy({
        ...word,
        group: null,
        rule: 'nowhere',
        ports: orFault(parsePortLists(word.ports)),
        until: null,
      }));
    case 'baseline':
      return void (await hearer.makeBaseline({ target: null, by: word.by, note: word.note }));
    case 'channel':
      return void (await hearer.putChannel(word.draft));
    case 'rule':
      return void (await hearer.putRule(word.draft));
    case 'mute': {
      const { kinds, where, why, by, until } = word;
      await hearer.mute({ kind: 'mute', rule: null, kinds, where, why, by, until, from: null });
      return;
    }
    case 'acknowledge':
      return void (await hearer.acknowledge('open', word.by));
  }
}

async function labelAll(hearer: Hearer, world: World): Promise<void> {
  for (const { thing } of world.all) if (Object.keys(thing.said).length > 0) await label(hearer, world, { thing, edit: thing.said });
}

/** Of one that nobody has seen yet, nothing is said; nor twice of one that has an owner, a type or a group already. */
async function label(hearer: Hearer, world: World, { thing, edit }: { readonly thing: Thing; readonly edit: LabelEdit }): Promise<void> {
  const place = placeOf(world.thing(thing.key));
  const { mac } = world.thing(thing.key);
  const known = hearer.roll().devices.find((device) => (mac === null ? isAt(device, place) : device.macs.some((card) => card.mac === mac)));
  if (known && edit !== undefined && !isSaid(known, edit)) await hearer.editDevices([known.id], edit);
}

const isAt = ({ addresses }: Device, place: string): boolean => addresses.some(({ address }) => address === place);

/** Whether what is said already holds; what is left out or taken away is not said. */
const holds = (known: string | null, said: string | null | undefined): boolean => said === undefined || said === null || known === said;

function isSaid({ labels }: Device, { owner, type, groups, alias }: LabelEdit): boolean {
  return (
    holds(labels.owner, owner) &&
    holds(labels.type, type) &&
    holds(labels.alias, alias) &&
    (groups?.add ?? []).every((group) => labels.groups.includes(group))
  );
}

/** All that call themselves so are one, the oldest. */
async function merge(hearer: Hearer, name: string): Promise<void> {
  const same = hearer.roll().devices.filter((device) => device.names.some((known) => known.name.split('.')[0] === name));
  const [keep, ...absorb] = same.toSorted((a, b) => a.firstSeen - b.firstSeen).map(({ id }) => id);
  if (keep !== undefined && absorb.length > 0) await hearer.mergeDevices({ keep, absorb });
}

async function watch(hearer: Hearer, { every, ports }: Extract<Word, { kind: 'watch' }>): Promise<void> {
  const nightly: PlanSchedule[] = ports ? [{ plan: 'ports', cadence: { kind: 'at', cron: '0 3 * * *', zone: null } }] : [];
  const services: PlanSchedule[] = ports ? [{ plan: 'services', cadence: { kind: 'at', cron: '30 4 * * *', zone: null } }] : [];
  for (const net of NET_KEYS)
    await hearer.watch({
      target: NETS[net].block,
      schedule: [{ plan: 'sweep', cadence: { kind: 'every', every } }, ...nightly, ...services],
    });
}
