import { type ChannelSetup, Fault, type Incident, type Mute, type Rule } from '../../core/index.ts';
import { newerThan, unacknowledge } from '../../rules/index.ts';
import type { Alerting } from '../alerts-asked.ts';
import type { Wired } from '../wire.ts';

type Recorded = Pick<Alerting, 'acknowledge' | 'putRule' | 'dropRule' | 'putChannel' | 'dropChannel' | 'mute' | 'unmute'>;

const json = (value: unknown): string => JSON.stringify(value);
const quoted = (name: string): string => JSON.stringify(name.slice(0, 80));

/** What people do about alerts, remembered so that it can be taken back. `plain` does it, and `again` does it and remembers that, too. */
export function recordedAlerts(wired: Wired, plain: Alerting, again: () => Alerting): Recorded {
  return {
    ...recordedRules(wired, plain, again),
    ...recordedChannels(wired, plain, again),
    ...recordedMutes(wired, plain, again),
    async acknowledge(ids, by) {
      const before = await plain.incidents({ limit: 10_000, ...(ids === 'open' ? { open: true } : { ids }) });
      const after = await plain.acknowledge(ids, by);
      noteAcknowledged(wired, before, after);
      return after;
    },
  };
}

function recordedRules({ undos, alerts }: Wired, plain: Alerting, again: () => Alerting): Pick<Recorded, 'putRule' | 'dropRule'> {
  const known = (name: string): Rule | undefined => alerts.book.ofPeople.rules.find((rule) => rule.name === name);
  return {
    async putRule(draft) {
      const before = known(draft.name);
      const rule = await plain.putRule(draft);
      const restore = async (): Promise<null> => {
        if (json(known(rule.name)) !== json(rule)) throw changedSince(`rule ${quoted(rule.name)}`);
        await (before ? again().putRule(before) : again().dropRule(rule.name));
        return null;
      };
      if (json(before) !== json(rule))
        undos.note({ operation: 'rules.put', what: `${before ? 'changed' : 'made'} rule ${quoted(rule.name)}`, scope: 'admin', restore });
      return rule;
    },
    async dropRule(name) {
      const rule = await plain.dropRule(name);
      const restore = async (): Promise<null> => {
        if (known(name)) throw changedSince(`rule ${quoted(name)}`);
        await again().putRule(rule);
        return null;
      };
      undos.note({ operation: 'rules.drop', what: `dropped rule ${quoted(name)}`, scope: 'admin', restore });
      return rule;
    },
  };
}

function recordedChannels({ undos, alerts }: Wired, plain: Alerting, again: () => Alerting): Pick<Recorded, 'putChannel' | 'dropChannel'> {
  const known = (name: string): ChannelSetup | undefined => alerts.book.ofPeople.channels.find((channel) => channel.name === name);
  return {
    async putChannel(draft) {
      const before = known(draft.name);
      const standing = await plain.putChannel(draft);
      const after = known(draft.name);
      const restore = async (): Promise<null> => {
        if (json(known(draft.name)) !== json(after)) throw changedSince(`channel ${quoted(draft.name)}`);
        await (before ? again().putChannel(before) : again().dropChannel(draft.name));
        return null;
      };
      if (json(before) !== json(after))
        undos.note({
          operation: 'channels.put',
          what: `${before ? 'changed' : 'made'} channel ${quoted(draft.name)}`,
          scope: 'admin',
          restore,
        });
      return standing;
    },
    async dropChannel(name) {
      const before = known(name); // with its secrets, which what is answered does not have
      const dropped = await plain.dropChannel(name);
      const restore = async (): Promise<string> => {
        if (!before || known(name)) throw changedSince(`channel ${quoted(name)}`);
        await again().putChannel(before);
        return 'what waited for it when it was dropped is not sent by it any more';
      };
      undos.note({ operation: 'channels.drop', what: `dropped channel ${quoted(name)}`, scope: 'admin', restore });
      return dropped;
    },
  };
}

function recordedMutes({ undos, outside }: Wired, plain: Alerting, again: () => Alerting): Pick<Recorded, 'mute' | 'unmute'> {
  const isOver = ({ endedAt, until }: Mute): boolean => endedAt !== null || (until !== null && until <= outside.clock.now());
  return {
    async mute(draft) {
      const mute = await plain.mute(draft);
      const restore = async (): Promise<null> => {
        await again().unmute(mute.id);
        return null;
      };
      undos.note({
        operation: 'mutes.add',
        what: `${mute.kind === 'mute' ? 'muted' : 'planned maintenance'} (${mute.id})`,
        scope: 'ack',
        restore,
      });
      return mute;
    },
    async unmute(id) {
      const mute = await plain.unmute(id);
      const restore = async (): Promise<string> => {
        if (isOver({ ...mute, endedAt: null })) throw changedSince(`mute ${id}`, 'it would be over by now');
        const made = await again().mute({ ...mute, from: Math.max(mute.from, outside.clock.now()) });
        return `it is number ${made.id} now`;
      };
      undos.note({ operation: 'mutes.end', what: `ended mute ${id}`, scope: 'ack', restore });
      return mute;
    },
  };
}

/** Those that it was news to. */
function noteAcknowledged(wired: Wired, before: readonly Incident[], after: readonly Incident[]): void {
  const known = new Map(after.map((incident) => [incident.id, incident]));
  const was = before.filter(({ id, acknowledged }) => acknowledged === null && (known.get(id)?.acknowledged ?? null) !== null);
  const [first] = was;
  if (!first) return;
  wired.undos.note({
    operation: 'incidents.acknowledge',
    what: `acknowledged ${was.length === 1 ? `incident ${first.id}: ${first.title}` : `${was.length} incidents`}`,
    scope: 'ack',
    restore: async () => {
      await wired.outside.tenancy.get();
      await refuseChanged(wired, was, known);
      await wired.alerts.clerk.step((desk, now) => {
        for (const one of was) {
          const newer = newerThan(desk, one);
          if (newer) throw changedSince(`incident ${one.id}`, `incident ${newer.id} is about the same by now`);
        }
        return unacknowledge(desk, { was, now });
      });
      return 'messages that were withdrawn meanwhile are not sent';
    },
  });
}

async function refuseChanged({ outside, ledger }: Wired, was: readonly Incident[], known: ReadonlyMap<number, Incident>): Promise<void> {
  const ids = was.map(({ id }) => id);
  const now = await outside.store.incidents({ site: ledger.roll.site, ids, limit: ids.length });
  const changed = ids.find((id) => json(now.find((one) => one.id === id)) !== json(known.get(id)));
  if (changed !== undefined) throw changedSince(`incident ${changed}`);
}

const changedSince = (what: string, reason = 'it was changed since'): Fault =>
  new Fault('conflict', `taking back what was done to ${what}: ${reason}`, 'look at it as it is now, and say by hand what is meant');
