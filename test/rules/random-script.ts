import fc from 'fast-check';
import type { ChangeKind, Delivery, Mute, Rule } from '../../src/core/index.ts';
import type { Terms } from '../../src/rules/index.ts';
import { channel, DAY, type Event, mute, rule, windows } from '../make/alerts.ts';
import { AT, HOUR, MINUTE } from '../make/device.ts';
import { refused, Stand, type StandOptions, taken } from './stand.ts';

/** What happens after a pause. */
export type Deed =
  | { readonly do: 'commit'; readonly events: readonly Event[] }
  | { readonly do: 'mute'; readonly mute: Partial<Mute>; readonly length: number | null }
  | { readonly do: 'terms'; readonly turn: Turn }
  | { readonly do: 'jump'; readonly by: number }
  | { readonly do: 'acknowledge' | 'beat' | 'probe' | 'resend' | 'unmute' };

/** What is asked for otherwise than before. */
type Turn =
  | { readonly of: 'ceiling'; readonly channel: string; readonly ceiling: number }
  | { readonly of: 'channel' | 'rule'; readonly name: string }
  | { readonly of: 'quiet'; readonly hours: string };

export interface Script {
  readonly deeds: readonly (readonly [pause: number, deed: Deed])[];
  readonly rules: readonly Rule[];
  readonly seed: number;
  /** Of ten deliveries so many fail. */
  readonly bad: number;
  readonly slow: boolean;
  readonly quiet: boolean;
}

const KINDS: readonly ChangeKind[] = [
  'device.appeared',
  'device.left',
  'device.left',
  'device.returned',
  'device.described',
  'device.edited',
  'device.flapping',
  'device.stable',
  'device.forgotten',
  'service.changed',
  'port.opened',
  'port.closed',
];

const TROUBLE: readonly ChangeKind[] = ['vantage.blind', 'vantage.restored', 'segment.lost', 'segment.restored'];

const trouble: fc.Arbitrary<Event> = fc.record({ kind: fc.constantFrom(...TROUBLE), of: fc.constantFrom('lan', 'cellar') });

const ofDevice: fc.Arbitrary<Event> = fc
  .record({ kind: fc.constantFrom(...KINDS), of: fc.integer({ min: 1, max: 5 }), port: fc.constantFrom(22, 80) })
  .map(({ port, ...rest }) => (/^(port|service)/.test(rest.kind) ? { ...rest, port } : rest));

const event = fc.oneof({ weight: 12, arbitrary: ofDevice }, { weight: 1, arbitrary: trouble });

const muting = fc.record({
  do: fc.constant('mute' as const),
  mute: fc.record({
    kind: fc.constantFrom('mute' as const, 'maintenance' as const),
    rule: fc.constantFrom(null, 'left', 'ports'),
    kinds: fc.constantFrom<ChangeKind[]>([], ['device.left'], ['device.left', 'port.opened']),
    where: fc.constantFrom(null, 'odd', 'even', 'broken'),
  }),
  length: fc.constantFrom(null, 20 * MINUTE, 3 * HOUR, 2 * DAY),
});

const turning: fc.Arbitrary<Turn> = fc.oneof(
  fc.record({
    of: fc.constant('ceiling' as const),
    channel: fc.constantFrom('mail', 'chat', 'log'),
    ceiling: fc.constantFrom(0, 1, 2, 3),
  }),
  fc.record({ of: fc.constantFrom('channel' as const, 'rule' as const), name: fc.constantFrom('pager', 'chat', 'left', 'ports') }),
  fc.record({ of: fc.constant('quiet' as const), hours: fc.constantFrom('', '08:00-09:30', '12:00-20:00') }),
);

const jump = fc.oneof(
  fc.constantFrom(-5 * HOUR, -2 * DAY, 40 * DAY),
  fc.integer({ min: -HOUR, max: -MINUTE }),
  fc.integer({ min: MINUTE, max: 9 * HOUR }),
);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('commit' as const), events: fc.array(event, { minLength: 1, maxLength: 4 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('acknowledge' as const, 'beat' as const, 'probe' as const, 'resend' as const) }),
  },
  { weight: 1, arbitrary: fc.oneof(muting, muting, fc.record({ do: fc.constant('unmute' as const) })) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('terms' as const), turn: turning }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jump' as const), by: jump }) },
);

const pause = fc.oneof(
  fc.integer({ min: 0, max: 5000 }),
  fc.integer({ min: 0, max: 5 * MINUTE }),
  fc.integer({ min: 0, max: 6 * HOUR }),
  fc.constant(30 * HOUR),
);

const randomRule = (name: string, on: readonly ChangeKind[]): fc.Arbitrary<Rule> =>
  fc
    .record({
      group: fc.constantFrom('cause' as const, 'subject' as const, 'rule' as const),
      cooldown: fc.constantFrom(0, 0, 10 * MINUTE, 2 * DAY),
      remind: fc.constantFrom(null, 3 * HOUR),
      escalate: fc.constantFrom(null, { after: 5 * MINUTE, to: ['pager'] }),
      urgency: fc.constantFrom('normal' as const, 'critical' as const),
      resolved: fc.boolean(),
      to: fc.constantFrom(['*'], ['chat', 'log'], ['mail', 'nobody']),
    })
    .map((fields) => rule({ name, on: [...on], ...fields }));

export const script: fc.Arbitrary<Script> = fc.record({
  deeds: fc.array(fc.tuple(pause, deed), { minLength: 1, maxLength: 40 }),
  rules: fc.tuple(
    randomRule('left', ['device.left', 'device.flapping']),
    randomRule('new', ['device.appeared']),
    randomRule('ports', ['port.opened', 'service.changed']),
    randomRule('gone', ['device.left', 'port.closed']),
    randomRule('trouble', ['vantage.blind', 'segment.lost']),
  ),
  seed: fc.integer({ min: 0, max: 1000 }),
  bad: fc.integer({ min: 0, max: 8 }),
  slow: fc.boolean(),
  quiet: fc.boolean(),
});

/** From 0 up to 1, always the same for the same numbers. */
export function toss(...numbers: number[]): number {
  let hash = 0x811c9dc5;
  for (const number of numbers) hash = Math.imul(hash ^ (number & 0xffff), 0x01000193) ^ (hash >>> 13);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

const CHANNELS = [
  channel('mail', { fallback: 'log' }),
  channel('chat', { edits: true, quiet: windows('22:00-06:00'), ceiling: 2, fallback: 'mail' }),
  channel('pager', { usual: false, ceiling: 1, ttl: 2 * HOUR, fallback: 'chat' }),
  channel('log', { ceiling: 0 }),
];

export function play({ deeds, rules, seed, bad, slow, quiet }: Script, crashes: StandOptions['crashes'] = () => false): Stand {
  const upkeep = [{ name: 'sunday', hours: windows('Mon 10:00-11:30'), where: null, why: null }];
  const mutes = quiet ? [mute({ id: 1, kind: 'maintenance', kinds: ['device.left'], from: AT + HOUR, until: AT + 3 * HOUR })] : [];
  const stand = new Stand({
    terms: { rules, channels: CHANNELS, quiet: quiet ? windows('12:00-13:00') : [], upkeep: quiet ? upkeep : [], mutes },
    sink: (row, at): Delivery => {
      const luck = toss(seed, row.id, row.attempts, at) * 10;
      if (luck >= bad) return taken(row.channel === 'chat' ? `handle-${row.kind === 'edit' ? row.instead : row.id}` : undefined);
      return refused({ again: luck < bad * 0.8, after: luck < bad * 0.2 ? 10 * MINUTE : null });
    },
    latency: (row) => (slow ? Math.floor(toss(seed, row.id, row.attempts, 7) * 90_000) : 0),
    fits,
    dice: (row) => toss(seed, row.id, row.attempts, 3),
    crashes,
  });
  let at = 0;
  for (const [wait, one] of deeds) {
    at += wait;
    stand.do(at, () => perform(stand, one));
    if (one.do === 'jump') at += Math.max(0, one.by);
  }
  return stand.run(at + 4 * DAY);
}

function perform(stand: Stand, one: Deed): void {
  if (one.do === 'commit') stand.commit(...one.events.map(fitted));
  else if (one.do === 'acknowledge') stand.acknowledge('open', 'anna');
  else if (one.do === 'beat') stand.beat();
  else if (one.do === 'probe') stand.probe();
  else if (one.do === 'jump') stand.jump(one.by);
  else if (one.do === 'terms') stand.change(turned(stand, one.turn));
  else if (one.do === 'mute') stand.change({ mutes: [...stand.terms.mutes, muteFrom(stand, one)] });
  else if (one.do === 'unmute') stand.change({ mutes: stand.terms.mutes.map((each) => ({ ...each, endedAt: each.endedAt ?? stand.now })) });
  else
    stand.resend(
      ...[...stand.rows.values()]
        .filter(({ state }) => state === 'dead')
        .map(({ id }) => id)
        .slice(0, 2),
    );
}

/** Whether a device fits the filters of these scripts. */
export function fits(of: number, where: string): boolean {
  if (where === 'broken') throw new Error('this filter fails');
  return where === 'odd' ? of % 2 === 1 : of % 2 === 0;
}

const fitted = (one: Event): Event =>
  typeof one.of === 'number' ? { ...one, happening: { fits: (where) => fits(Number(one.of), where) } } : one;

function muteFrom({ now, terms: { mutes } }: Stand, { mute: fields, length }: Extract<Deed, { do: 'mute' }>): Mute {
  // Maintenance always ends.
  const until = length === null && fields.kind === 'maintenance' ? now + HOUR : length === null ? null : now + length;
  return mute({ ...fields, id: 100 + mutes.length, from: now, until });
}

function turned({ terms: { channels, rules } }: Stand, turn: Turn): Partial<Terms> {
  if (turn.of === 'quiet') return { quiet: turn.hours === '' ? [] : windows(turn.hours) };
  if (turn.of === 'rule') return { rules: rules.map((one) => (one.name === turn.name ? { ...one, enabled: !one.enabled } : one)) };
  if (turn.of === 'ceiling')
    return { channels: channels.map((one) => (one.name === turn.channel ? { ...one, ceiling: turn.ceiling } : one)) };
  const without = channels.filter(({ name }) => name !== turn.name);
  return { channels: without.length < channels.length ? without : [...channels, ...CHANNELS.filter(({ name }) => name === turn.name)] };
}
