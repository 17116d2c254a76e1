import type { FollowUpJson } from '../../contract/index.ts';
import { formatRange } from '../../core/index.ts';
import type { FollowUpPlan } from '../../watch/index.ts';
import { portsToJson, quoted, scanToJson } from '../json/scan.ts';
import { operations } from '../operations.ts';

export const followUpHandlers = () => ({
  plan: operations.followup.plan.handler(async ({ context: { keeper }, input: { target = [] } }) =>
    followUpToJson(await keeper.followUp([target].flat())),
  ),
  start: operations.followup.start.handler(async ({ context: { keeper }, input: { targets = [], guard, now } }) => {
    const begun = await keeper.startFollowUp({ targets, ...(guard && { guard }), ...(now && { now }) });
    // Whoever follows the scan hears how it ended; here nobody waits for it.
    begun?.done.catch(() => undefined);
    return { scan: begun && scanToJson(begun.scan) };
  }),
});

function followUpToJson({ lots, commands, opened, old, spared }: FollowUpPlan): FollowUpJson {
  return {
    opened,
    old,
    lots: lots.map(({ addresses, ports }) => ({ addresses: addresses.map(formatRange), ports: portsToJson(ports) })),
    commands: commands.map((command) => [...command]),
    shell: commands.map((command) => command.map(quoted).join(' ')),
    spared: spared.map(({ device, address, protocol, port, spared: why }) => ({ device, address, protocol, port, reason: why ?? '' })),
  };
}
