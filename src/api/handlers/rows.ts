import { chosenAmong } from '../chosen.ts';
import { rowsToJson } from '../json/row.ts';
import { readMoment } from '../moment.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';

export const rowHandlers = () => ({
  rows: operations.devices.rows.handler(async ({ context, input: { at, presence, filter } }) => {
    const moment = at === undefined ? null : readMoment(at, nowOf(context));
    const view = moment === null ? context.keeper.roll() : await context.keeper.rollAt(moment);
    const all = await rowsToJson(view);
    if (presence === undefined && filter === undefined) return all;
    const fits = new Set((await chosenAmong(context, view.devices, { filter, at: moment })).map(({ id }) => id));
    return { ...all, rows: all.rows.filter((row) => (presence === undefined || row.presence === presence) && fits.has(row.id)) };
  }),
});
