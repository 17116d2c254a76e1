import type { Incident } from '../core/index.ts';
import { escalated, reminded } from './asking-again.ts';
import type { Desk, Step } from './desk.ts';
import { alarmOf, calmAt } from './incident-alarm.ts';
import { closed } from './incidents.ts';
import { endSitting, type Occasion, type Sitting, sittingOf } from './sitting.ts';
import { sweep } from './sweep.ts';
import { withdraw } from './withdraw.ts';

/** What is due without anything happening: reminders, escalations, the end of calm incidents, and what waits in vain. */
export function beat(desk: Desk, asked: Occasion): Step {
  const sitting = sittingOf(desk, asked);
  for (const incident of sitting.draft.due()) attend(sitting, incident);
  for (const channel of sitting.draft.channels) sweep(sitting, channel);
  return endSitting(sitting);
}

function attend(sitting: Sitting, incident: Incident): void {
  const { draft, now } = sitting;
  const due = alarmOf(incident);
  if (due === null || due > now) return;
  const calm = calmAt(incident);
  if (calm !== null && calm <= now) {
    draft.putIncident(closed({ ...incident, changedAt: now }, incident.acknowledged ? 'acknowledged' : 'calm', now));
    withdraw(sitting, incident, 'nothing more came of it for a day');
  } else draft.putIncident(escalated(sitting, reminded(sitting, incident)));
}
