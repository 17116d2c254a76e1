import type { Incident, IncidentSubject, Instant, Mute, Upkeep } from '../core/index.ts';
import { isOn } from './muting.ts';
import type { Sitting } from './sitting.ts';
import { deviceOf } from './subjects.ts';

export interface Going {
  /** What people may be asked about. */
  readonly loud: readonly IncidentSubject[];
  /** Where that is nothing, until when at the latest: the first of what is muted or maintained is free then. */
  readonly until: Instant;
}

/** What goes on of an incident, or all of it where nothing of it can be over, without what is muted or maintained by now. */
export function goingOf(sitting: Sitting, { rule, subjects }: Incident): Going {
  const lasting = subjects.filter(({ over }) => !over);
  const going = lasting.length > 0 ? lasting : subjects;
  const loud: IncidentSubject[] = [];
  let until = Infinity;
  for (const subject of going) {
    const silent = silentUntil(sitting, rule, subject);
    if (silent === null) loud.push(subject);
    else until = Math.min(until, silent);
  }
  return { loud, until };
}

/** Until when something is covered; null: it is not. */
function silentUntil({ asked: { terms }, now, face, ...sitting }: Sitting, rule: string, subject: IncidentSubject): Instant | null {
  const fits = ({ where }: Pick<Mute | Upkeep, 'where'>): boolean => where === null || doesFit(sitting, subject, where);
  const ends = [
    ...terms.mutes.filter((mute) => isOn(mute, now) && isOf(mute, rule, subject) && fits(mute)).map(({ until }) => until ?? Infinity),
    ...terms.upkeep.flatMap((one) => (fits(one) ? (face.holdAt(one.hours, now)?.until ?? []) : [])),
  ];
  return ends.length === 0 ? null : Math.max(...ends);
}

const isOf = (mute: Mute, rule: string, { kind }: IncidentSubject): boolean =>
  (mute.rule === null || mute.rule === rule) && (mute.kinds.length === 0 || (kind !== undefined && mute.kinds.includes(kind)));

/** A filter that fails covers nothing: better asked once too often. */
function doesFit({ fits }: Pick<Sitting, 'fits'>, { key }: IncidentSubject, where: string): boolean {
  const device = deviceOf(key);
  try {
    return device !== null && fits(device, where);
  } catch {
    return false;
  }
}
