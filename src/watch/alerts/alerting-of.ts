import type { Alerting } from '../alerts-asked.ts';
import type { Wired } from '../wire.ts';
import { notificationsIn } from './notifications-in.ts';

/** What may be asked about who is told of what. What few ask for is loaded when they do. */
export function alertingOf(wired: Wired): Alerting {
  const { outside, ledger, alerts } = wired;
  const { store } = outside;
  const { site } = ledger.roll;
  const rules = () => import('./asked-rules.ts');
  const channels = () => import('./asked-channels.ts');
  const outbox = () => import('./asked-outbox.ts');
  const mutes = () => import('./asked-mutes.ts');
  return {
    rules: () => alerts.book.rules,
    putRule: async (draft) => (await rules()).putRule(wired, draft),
    dropRule: async (name) => (await rules()).dropRule(wired, name),
    testRule: async (rule, span) => (await import('./backtest.ts')).testRule(wired, rule, span),
    channelKinds: async () => (await alerts.maker())?.kinds ?? [],
    channels: async () => (await channels()).standings(wired),
    putChannel: async (draft) => (await channels()).putChannel(wired, draft),
    dropChannel: async (name) => (await channels()).dropChannel(wired, name),
    testChannel: async (name) => (await import('./test-channel.ts')).testChannel(wired, name),
    mutes: ({ all }) => store.mutes(site, all ? 'all' : outside.clock.now()),
    mute: async (draft) => (await mutes()).mute(wired, draft),
    unmute: async (id) => (await mutes()).unmute(wired, id),
    incidents: (query) => store.incidents({ ...query, site }),
    acknowledge: async (ids, by) => (await outbox()).acknowledgeIn(wired, ids, by),
    notifications: (query) => notificationsIn(wired, query),
    resend: async (ids) => (await outbox()).resendIn(wired, ids),
    verdictOf: async (seq) => (await store.verdictOf(seq)) ?? null,
  };
}
