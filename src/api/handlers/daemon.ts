import { Fault } from '../../core/index.ts';
import { instantToJson } from '../moment.ts';
import { operations } from '../operations.ts';
import { mapHandler } from './map.ts';

/** What the daemon says of itself, and what only its owner may ask of it. */
export const daemonHandlers = () => ({
  status: {
    get: operations.status.get.handler(({ context }) => {
      const { startedAt, running, troubles, limits, heard, ...rest } = context.keeper.status();
      return {
        ...rest,
        heard: heard && { ...heard, ifaces: [...heard.ifaces] },
        startedAt: instantToJson(startedAt),
        running: [...running],
        troubles: [...troubles],
        ...(limits && { limits: [...limits] }),
      };
    }),
  },
  doctor: {
    get: operations.doctor.get.handler(async ({ context }) =>
      (await context.keeper.doctor()).map(({ level, topic, text, remedy }) => ({ level, topic, text, remedy })),
    ),
  },
  networks: {
    map: mapHandler(),
    list: operations.networks.list.handler(({ context }) =>
      context.keeper.networks().map(({ iface, block, loopback, watched }) => ({ iface, block, loopback, watched })),
    ),
  },
  backup: operations.backup.handler(async ({ context, input }) => {
    if (!context.local)
      throw new Fault(
        'refused',
        `backing up to ${JSON.stringify(input.path)}: files are written only for callers on this machine`,
        'run rollcall backup here',
      );
    await context.keeper.backup(input.path);
    return { path: input.path };
  }),
});
