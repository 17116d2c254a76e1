import fc from 'fast-check';
import type { ChangeKind, Delivery, Rule } from '../../src/core/index.ts';
import { channel, DAY, type Event, mute, rule, windows } from '../make/alerts.ts';
import { AT, HOUR, MINUTE } from '../make/device.ts';
import { refused, Stand, type StandOptions, taken } from './stand.ts';

/** What happens after a pause. */
export type Deed =
  | { readonly do: 'commit'; readonly events: readonly Event[] }
  | { readonly do: 'acknowledge' | 'beat' | 'probe' | 'resend' };

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

const event: fc.Arbitrary<Event> = fc
  .record({ kind: fc.constantFrom(...KINDS), of: fc.integer({ min: 1, max: 5 }), port: fc.constantFrom(22, 80) })
  .map(({ port, ...rest }) => (/^(port|service)/.test(rest.kind) ? { ...rest, port } : rest));

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('commit' as const), events: fc.array(event, { minLength: 1, maxLength: 4 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('acknowledge' as const, 'beat' as const, 'probe' as const, 'resend' as const) }),
  },
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
    dice: (row) => toss(seed, row.id, row.attempts, 3),
    crashes,
  });
  let at = 0;
  for (const [wait, one] of deeds) {
    at += wait;
    stand.do(at, () => perform(stand, one));
  }
  return stand.run(at + 4 * DAY);
}

function perform(stand: Stand, one: Deed): void {
  if (one.do === 'commit') stand.commit(...one.events);
  else if (one.do === 'acknowledge') stand.acknowledge('open', 'anna');
  else if (one.do === 'beat') stand.beat();
  else if (one.do === 'probe') stand.probe();
  else
    stand.resend(
      ...[...stand.rows.values()]
        .filter(({ state }) => state === 'dead')
        .map(({ id }) => id)
        .slice(0, 2),
    );
}
