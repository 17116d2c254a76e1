import type { ChannelDraft, Millis, RuleDraft } from '../../core/index.ts';
import type { Calendar } from './calendar.ts';
import { NETS } from './thing.ts';
import type { Saying, Word } from './word.ts';

const MINUTE: Millis = 60_000;
/** How often the networks are looked at: in the month, the last week, the last hours, and from now on. */
export const CADENCE = { month: 180 * MINUTE, week: 120 * MINUTE, today: 3 * MINUTE, live: 30_000 } as const;

/** What people of the story said in the month, in the order of time. `logs`: where channels write to. */
export function sayingsOf(day: Calendar, logs: string): Saying[] {
  const said = [...beginning(day, logs), ...month(day)];
  return said.sort((a, b) => a.at - b.at);
}

const say = (at: number, word: Word): Saying => ({ at, word });

function beginning({ at, atWork, first, hoursAgo }: Calendar, logs: string): Saying[] {
  return [
    say(first, { kind: 'watch', every: CADENCE.month, ports: true }),
    say(at(7, 0), { kind: 'watch', every: CADENCE.week, ports: true }),
    ...channelsIn(logs).map((draft) => say(at(29, 20), { kind: 'channel', draft })),
    ...RULES.map((draft) => say(at(29, 20.1), { kind: 'rule', draft })),
    say(at(29, 20.5), { kind: 'labels' }),
    say(atWork(26, 15.5), { kind: 'labels' }),
    say(atWork(26, 15.8), { kind: 'approve', by: 'miro', why: 'all of this is ours' }),
    say(atWork(26, 15.9), { kind: 'nowhere', ports: '23', by: 'miro', why: 'nothing speaks telnet' }),
    say(atWork(26, 16), { kind: 'baseline', by: 'miro', note: 'as it is meant to be' }),
    say(hoursAgo(2), { kind: 'watch', every: CADENCE.today, ports: true }),
  ];
}

function month({ at, atWork, hoursAgo, now }: Calendar): Saying[] {
  const office = [NETS.desks.block, NETS.yard.block];
  return [
    say(at(25, 9), { kind: 'label', thing: 'tomas-iphone', edit: { owner: 'tomas', groups: { add: ['guests'] } } }),
    say(at(21, 20), { kind: 'merge', thing: 'miros-pixel' }),
    say(at(20, 21), { kind: 'scan', plan: 'deep', targets: [NETS.home.block] }),
    say(at(16, 9.2), { kind: 'scan', plan: 'sweep', targets: [NETS.home.block] }),
    say(at(16, 9.5), { kind: 'acknowledge', by: 'dana' }),
    say(atWork(15, 16), {
      kind: 'mute',
      kinds: ['port.opened', 'port.closed'],
      where: 'tag:database',
      why: 'the databases are moved',
      by: 'karim',
      until: at(11, 0),
    }),
    say(at(12, 20), { kind: 'acknowledge', by: 'karim' }),
    say(atWork(8, 11), { kind: 'baseline', by: 'karim', note: 'after the databases were moved' }),
    say(at(5, 16), { kind: 'acknowledge', by: 'dana' }),
    say(at(2, 20), { kind: 'scan', plan: 'services', targets: office }),
    say(hoursAgo(5), {
      kind: 'mute',
      kinds: ['device.left', 'device.returned'],
      where: 'group:guests',
      why: 'guests come and go',
      by: 'dana',
      until: null,
    }),
    say(hoursAgo(1.2), { kind: 'scan', plan: 'services', targets: [NETS.desks.block] }),
    say(now - 20 * MINUTE, { kind: 'labels' }),
  ];
}

const channelsIn = (logs: string): readonly ChannelDraft[] => [
  { name: 'household', kind: 'log', options: { path: `${logs}/household.log` } },
  { name: 'operations', kind: 'log', options: { path: `${logs}/operations.jsonl` }, usual: false },
];

const RULES: readonly RuleDraft[] = [
  { name: 'family-comes-home', on: ['person.arrived'], who: ['group:family'], to: ['household'], urgency: 'low' },
  {
    name: 'office-network',
    on: ['device.left', 'device.returned', 'device.flapping'],
    where: 'group:network',
    to: ['operations'],
    urgency: 'critical',
  },
  {
    name: 'servers-changed',
    on: ['service.changed', 'port.opened', 'port.closed'],
    where: 'group:servers',
    to: ['operations'],
    group: 'rule',
  },
  { name: 'new-at-night', on: ['device.appeared'], during: [], to: ['household', 'operations'], urgency: 'critical' },
  { name: 'somebody-is-two', on: ['merge.proposed'], to: ['operations'], urgency: 'low', enabled: false },
];
