import type { ScheduleInput, TargetJson } from '../../../../../src/contract/index.ts';
import { client } from '../../../asked/client.ts';

/** Has a target watched by another schedule. It stays the same one, with all that was seen there. */
export async function saveSchedule({ id }: TargetJson, schedule: ScheduleInput[]): Promise<TargetJson> {
  const { target } = await client.targets.edit({ reference: String(id), schedule });
  return target;
}
