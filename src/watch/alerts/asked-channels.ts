import { type ChannelDraft, type ChannelSetup, channelOf, Fault, type Notification } from '../../core/index.ts';
import { abandon } from '../../rules/index.ts';
import type { ChannelStanding } from '../alerts-asked.ts';
import type { Wired } from '../wire.ts';
import { setByConfig } from './asked-rules.ts';
import { checkChannel, withSecrets, withStars } from './check-channel.ts';
import { openOnce } from './check-config.ts';
import { shown } from './check-rule.ts';

/** Most notifications counted of one channel. */
const MOST = 10_000;

/** Every channel, and how it does. */
export const standings = async (wired: Wired): Promise<readonly ChannelStanding[]> =>
  Promise.all(wired.alerts.book.channels.map((setup) => standingOf(wired, setup)));

async function standingOf(wired: Wired, setup: ChannelSetup): Promise<ChannelStanding> {
  const { outside, ledger, alerts } = wired;
  const of = { site: ledger.roll.site, channel: setup.name } as const;
  const { store } = outside;
  const [waiting, dead, [last], { what, fault }] = await Promise.all([
    store.notifications({ ...of, states: ['waiting'], limit: MOST }),
    store.notifications({ ...of, states: ['dead'], limit: MOST }),
    store.notifications({ ...of, states: ['delivered'], limit: 1 }),
    whatOf(wired, setup),
  ]);
  const tried = waiting.filter(({ attempts }) => attempts > 0);
  return {
    setup: { ...setup, options: withStars(setup, alerts.book.kinds) },
    what,
    trouble: fault ?? alerts.hindranceOf(setup.name) ?? troubleOf(tried),
    waiting: waiting.length,
    dead: dead.length,
    deliveredAt: last?.endedAt ?? null,
    againAt: tried.length === 0 ? null : Math.min(...tried.map(({ dueAt }) => dueAt)),
  };
}

/** As the outbox has it, where no daemon delivers. */
const troubleOf = (tried: readonly Notification[]): string | null => tried.at(-1)?.because ?? tried.at(-1)?.receipt ?? null;

/** What the channel calls itself, or why it cannot be opened. */
async function whatOf({ alerts }: Wired, { kind, options }: ChannelSetup): Promise<{ what: string | null; fault: string | null }> {
  const maker = await alerts.maker();
  if (maker === null) return { what: null, fault: null };
  try {
    const channel = await maker.open(kind, options);
    await channel.close?.();
    return { what: channel.name, fault: null };
  } catch (fault) {
    return { what: null, fault: fault instanceof Error ? fault.message : String(fault) };
  }
}

/** Sets a channel up, or otherwise than it was; in force at once. */
export async function putChannel(wired: Wired, draft: ChannelDraft): Promise<ChannelStanding> {
  const { alerts, outside, ledger, config } = wired;
  const lease = await outside.tenancy.get();
  const maker = await alerts.maker();
  const old = alerts.book.ofPeople.channels.find(({ name }) => name === draft.name);
  const setup = channelOf({ ...draft, options: withSecrets(draft, old) }, 'user', config.alerts.ceiling);
  if (config.channels.some(({ name }) => name === setup.name)) throw setByConfig(`setting channel ${shown(setup.name)}`);
  checkChannel(setup, { channels: alerts.book.channels, maker });
  await openOnce([setup], maker);
  await outside.store.putAlertChannel(ledger.roll.site, setup, lease);
  await alerts.refresh();
  return standingOf(wired, setup);
}

/** Nothing waits for it any more: what did becomes dead, or is told by its fallback. */
export async function dropChannel(wired: Wired, name: string): Promise<ChannelSetup> {
  const { alerts, outside, ledger, config } = wired;
  const lease = await outside.tenancy.get();
  await alerts.maker(); // it knows what is secret
  const doing = `dropping channel ${shown(name)}`;
  const known = alerts.book.channels.find((one) => one.name === name);
  if (!known) throw noChannel(doing);
  if (config.channels.some((one) => one.name === name)) throw setByConfig(doing);
  refuseNamed(wired, name, doing);
  await alerts.clerk.step((desk, now) => abandon(desk, { channel: name, terms: alerts.book.terms, now }));
  await outside.store.dropAlertChannel(ledger.roll.site, name, lease);
  await alerts.refresh();
  return { ...known, options: withStars(known, alerts.book.kinds) };
}

function refuseNamed({ alerts }: Wired, name: string, doing: string): void {
  const { book } = alerts;
  const rule = book.rules.find(({ to, escalate }) => to.includes(name) || escalate?.to.includes(name));
  if (rule) throw new Fault('refused', `${doing}: rule ${rule.name} tells it`, 'change that rule first');
  const other = book.channels.find(({ fallback }) => fallback === name);
  if (other) throw new Fault('refused', `${doing}: it is the fallback of ${other.name}`, 'change that channel first');
}

export const noChannel = (doing: string): Fault =>
  new Fault('not-found', `${doing}: there is none of that name`, 'list them with "rollcall channel list"');
