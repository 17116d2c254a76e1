import type { StripsJson } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import { stripOf } from '../../inventory/index.ts';
import { instantToJson, readMoment } from '../moment.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';
import { devicesById } from '../standing.ts';

export const stripHandlers = () => ({
  strips: operations.presence.strips.handler(async ({ context, input: { devices, slots, ...stretch } }): Promise<StripsJson> => {
    const now = nowOf(context);
    const since = readMoment(stretch.since, now);
    const until = Math.min(now, stretch.until === undefined ? now : readMoment(stretch.until, now));
    if (since >= until)
      throw new Fault('bad-input', `telling strips since ${instantToJson(since)}: that is their end, or after it`, 'begin them earlier');
    const known = devicesById(context.keeper.roll());
    const meant = [...new Set([devices].flat())].flatMap((id) => known.get(id) ?? []);
    const sessions = await context.keeper.sessionsOfMany(meant, { since, until });
    const strips = [...sessions].map(([device, told]) => ({
      device,
      runs: stripOf(told, { since, until, slots }).map(([state, count]): [typeof state, number] => [state, count]),
    }));
    return { since: instantToJson(since), until: instantToJson(until), slots, seconds: (until - since) / slots / 1000, strips };
  }),
});
