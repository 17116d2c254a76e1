import type { ScheduleInput, TargetJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';
import { inputOf, rowsOf } from './draft.ts';

/** Has a target watched by another schedule. What was seen there stays; where the new one is refused, the old one goes on. */
export async function saveSchedule(target: TargetJson, schedule: ScheduleInput[]): Promise<TargetJson> {
  const { target: text, window, iface } = target;
  const rest = { target: text, ...(window !== null && { window }), ...(iface !== null && { iface }) };
  await client.targets.remove({ reference: String(target.id) });
  try {
    return await client.targets.add({ ...rest, schedule });
  } catch (failure) {
    await client.targets.add({ ...rest, schedule: inputOf(rowsOf(target.schedule)) });
    throw failure;
  }
}
