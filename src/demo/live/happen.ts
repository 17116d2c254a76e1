import type { Clock, Millis, PlanName, StopSignal } from '../../core/index.ts';
import { serving } from '../story/serves.ts';
import { macOf, NET_KEYS, NETS } from '../story/thing.ts';
import type { Deed } from '../world/deed.ts';
import { placeOf, type World } from '../world/world.ts';
import type { Hearer } from './hearer.ts';

/** What can be let happen in a demo that runs. */
export const HAPPENINGS = ['stranger', 'guest', 'guest-leaves', 'outage', 'cut', 'restore', 'scan', 'port-opens', 'port-closes'] as const;
export type Happening = (typeof HAPPENINGS)[number];

export interface Stage {
  readonly world: World;
  readonly hearer: Pick<Hearer, 'startScan'>;
  readonly seed: string;
  /** How often a stranger came; counted up here. */
  readonly count: { strangers: number };
}

/** Where a port opens, and which. */
const OPENED = { thing: 'nas', port: 4444 } as const;

/**
 * Lets something happen now: to the world, and where nobody would see it for hours, to who looks as well. Resolves when it has begun, not
 * when anybody has seen it.
 */
export async function happen(what: Happening, stage: Stage): Promise<void> {
  for (const deed of deedsOf(what, stage)) stage.world.apply(deed);
  const look = lookAfter(what, stage.world);
  if (look !== null) await stage.hearer.startScan(look);
}

const DEEDS: Readonly<Record<Exclude<Happening, 'stranger'>, readonly Deed[]>> = {
  guest: [{ kind: 'comes', thing: 'lenas-pixel' }],
  'guest-leaves': [{ kind: 'goes', thing: 'lenas-pixel' }],
  outage: [{ kind: 'hushed', net: 'desks' }],
  cut: [{ kind: 'cut', net: 'yard' }],
  restore: NET_KEYS.map((net) => ({ kind: 'mended', net })),
  'port-opens': [{ kind: 'serves', thing: OPENED.thing, served: serving(OPENED.port, 'krb524') }],
  'port-closes': [{ kind: 'stops', ...OPENED }],
  scan: [],
};

const deedsOf = (what: Happening, stage: Stage): readonly Deed[] => (what === 'stranger' ? strangerComes(stage) : DEEDS[what]);

/** One that was never here before, with a card and an address of its own. */
function strangerComes({ seed, count }: Stage): readonly Deed[] {
  const nth = count.strangers++;
  const thing = 'stranger';
  return [
    { kind: 'goes', thing },
    { kind: 'masks', thing, mac: macOf('random', `stranger ${seed} ${nth}`) },
    { kind: 'moves', thing, host: 180 + (nth % 60) },
    { kind: 'comes', thing },
  ];
}

interface Look {
  readonly targets: readonly string[];
  readonly plan: PlanName;
}

function lookAfter(what: Happening, world: World): Look | null {
  if (what === 'scan') return { targets: [NETS.home.block], plan: 'services' };
  if (what === 'port-opens' || what === 'port-closes') return { targets: [placeOf(world.thing(OPENED.thing))], plan: 'ports' };
  if (what === 'outage') return { targets: [NETS.desks.block], plan: 'sweep' };
  if (what === 'cut') return { targets: [NETS.yard.block], plan: 'sweep' };
  return what === 'restore' ? { targets: [NETS.desks.block, NETS.yard.block], plan: 'sweep' } : null;
}

/** What happens when nobody steers it, over and over. */
const ROUND: readonly Happening[] = [
  'guest',
  'stranger',
  'scan',
  'port-opens',
  'cut',
  'restore',
  'guest-leaves',
  'outage',
  'restore',
  'port-closes',
];
const PACE: Millis = 45_000;

/** Keeps something happening, until the signal stops. What could not be told goes to `failed`. */
export async function liven(
  { clock, stage, failed }: { readonly clock: Clock; readonly stage: Stage; readonly failed: (what: Happening, fault: unknown) => void },
  signal: StopSignal,
): Promise<void> {
  for (let turn = 0; ; turn++) {
    await clock.sleep(PACE, signal);
    if (signal.aborted) return;
    const what = ROUND[turn % ROUND.length] ?? 'scan';
    await happen(what, stage).catch((fault: unknown) => failed(what, fault));
  }
}
