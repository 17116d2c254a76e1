import type { Registry } from 'prom-client';
import { type Incident, URGENCIES } from '../../core/index.ts';
import type { Keeper, Meters } from './keeper.ts';
import { gauge } from './meters.ts';
import { Outbox } from './outbox.ts';
import { Before } from './recall.ts';

/** What is going on, and what became of who was to be told. */
export function alertMeters(registry: Registry, keeper: Keeper): Meters {
  const open = gauge(registry, { name: 'rollcall_incidents_open', help: 'Incidents that are open.', labels: ['urgency'] });
  const ignored = gauge(registry, { name: 'rollcall_incidents_unacknowledged', help: 'Open incidents of which nobody took note.' });
  const depth = gauge(registry, { name: 'rollcall_outbox_notifications', help: 'Notifications that wait.', labels: ['channel'] });
  const age = gauge(registry, {
    name: 'rollcall_outbox_oldest_age_seconds',
    help: 'Age of the oldest notification that could be sent by now, and was not.',
    labels: ['channel'],
  });
  const lag = gauge(registry, { name: 'rollcall_judging_lag_changes', help: 'Changes that are kept, and not judged yet.' });
  const outbox = new Outbox(registry);
  const incidents = new Map<number, Incident>();
  const before = new Before(keeper, { incidents, outbox });
  return {
    subject: 'alerts',
    note(item) {
      before.note(item);
      if (item.kind === 'incident.changed') noteIncident(incidents, item.incident);
      if (item.kind === 'notification.changed') outbox.note(item.notification);
    },
    ask: () => before.recall(),
    read() {
      const all = [...incidents.values()];
      for (const urgency of URGENCIES) open.set(all.filter((one) => one.urgency === urgency).length, { urgency });
      ignored.set(all.filter(({ acknowledged }) => acknowledged === null).length);
      depth.reset();
      age.reset();
      for (const { channel, waiting, oldest } of outbox.queues(Date.now())) {
        depth.set(waiting, { channel });
        age.set(oldest, { channel });
      }
      const { seq, judged = null } = keeper.status();
      lag.set(judged === null ? 0 : Math.max(0, seq - judged));
    },
  };
}

function noteIncident(incidents: Map<number, Incident>, incident: Incident): void {
  if (incident.closedAt === null) incidents.set(incident.id, incident);
  else incidents.delete(incident.id);
}
