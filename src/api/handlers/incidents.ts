import { Fault } from '../../core/index.ts';
import { incidentToJson } from '../json/incident.ts';
import { notificationToJson } from '../json/notification.ts';
import { operations } from '../operations.ts';
import { mapInSlices } from '../slices.ts';

/** Notifications of one incident that are shown with it. */
const TOLD = 1000;

export const incidentHandlers = () => ({
  list: operations.incidents.list.handler(async ({ context, input: { over, before, limit } }) => {
    const query = { limit, ...(over === 'no' && { open: true }), ...(before !== undefined && { before }) };
    return mapInSlices(await context.keeper.incidents(query), incidentToJson);
  }),
  show: operations.incidents.show.handler(async ({ context, input: { id } }) => {
    const alerting = context.keeper;
    const [incident] = await alerting.incidents({ ids: [id], limit: 1 });
    if (!incident) throw new Fault('not-found', `finding incident ${id}: there is none`, 'list them with "rollcall incidents --all"');
    const told = await alerting.notifications({ incident: id, limit: TOLD });
    return { incident: incidentToJson(incident), notifications: await mapInSlices(told.toReversed(), notificationToJson) };
  }),
  acknowledge: operations.incidents.acknowledge.handler(async ({ context, input: { ids, by = null } }) =>
    mapInSlices(await context.keeper.acknowledge(ids, by), incidentToJson),
  ),
});
