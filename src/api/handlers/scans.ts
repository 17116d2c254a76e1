import { exportScan } from '../export/export-scan.ts';
import { followScan } from '../follow.ts';
import { runningToJson, runToJson, scanToJson } from '../json/scan.ts';
import { operations } from '../operations.ts';
import { rawFile } from '../raw.ts';
import { mapInSlices } from '../slices.ts';

export const scanHandlers = () => ({
  list: operations.scans.list.handler(async ({ context, input: { target, before, limit } }) => {
    const query = { limit, ...(target === undefined ? {} : { target }), ...(before === undefined ? {} : { before }) };
    return mapInSlices(await context.keeper.scans(query), scanToJson);
  }),
  running: operations.scans.running.handler(({ context: { keeper } }) => keeper.running().map(runningToJson)),
  get: operations.scans.get.handler(async ({ context, input }) => {
    const { scan, run } = await context.keeper.scan(input.id);
    return { scan: scanToJson(scan), run: run ? runToJson(run) : null };
  }),
  start: operations.scans.start.handler(async ({ context, input: { targets, plan, ports, scripts, iface, guard, now } }) => {
    const request = {
      targets,
      plan,
      ...(now && { now }),
      ...(ports === undefined ? {} : { ports }),
      ...(scripts === undefined ? {} : { scripts }),
      ...(iface === undefined ? {} : { iface }),
      ...(guard === undefined ? {} : { guard }),
    };
    const { scan, done } = await context.keeper.startScan(request);
    // Whoever follows the scan hears how it ended; here nobody waits for it.
    done.catch(() => undefined);
    return { scan: scanToJson(scan) };
  }),
  follow: operations.scans.follow.handler(({ context, input, signal }) => followScan({ keeper: context.keeper, id: input.id, signal })),
  cancel: operations.scans.cancel.handler(async ({ context: { keeper }, input }) => {
    await keeper.cancelScan(input.id);
    const { scan } = await keeper.scan(input.id);
    return { scan: scanToJson(scan) };
  }),
  raw: operations.scans.raw.handler(async ({ context, input }) => rawFile(input.id, await context.keeper.rawOf(input.id))),
  export: operations.scans.export.handler(({ context, input }) => exportScan(context, input)),
});
