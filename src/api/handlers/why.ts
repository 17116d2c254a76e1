import type { WhyStepJson } from '../../contract/index.ts';
import type { WhyStep } from '../../watch/index.ts';
import { changesToJson } from '../json/change.ts';
import { deviceToJson } from '../json/device.ts';
import { verdictToJson } from '../json/incident.ts';
import { partSaid } from '../json/part.ts';
import { quoted, scanToJson } from '../json/scan.ts';
import { instantOrNull } from '../moment.ts';
import { operations } from '../operations.ts';
import { mapInSlices } from '../slices.ts';

export const whyHandlers = () => ({
  change: operations.why.change.handler(async ({ context, input: { seq } }) => {
    const { keeper } = context;
    const { change, steps, beside } = await keeper.whyChange(seq);
    const verdict = await context.keeper.verdictOf(seq);
    const [told, ...others] = await changesToJson([change, ...beside], keeper.roll().devices);
    return {
      change: told as NonNullable<typeof told>,
      steps: steps.map(stepToJson),
      beside: others,
      verdict: verdict && verdictToJson(verdict),
    };
  }),
  device: operations.why.device.handler(async ({ context: { keeper }, input: { reference, all } }) => {
    const { device, steps } = await keeper.whyDevice(keeper.findDevice(reference), all);
    return { device: deviceToJson(device), ...partSaid(keeper.partNamed(reference)), steps: await mapInSlices(steps, stepToJson) };
  }),
});

function stepToJson({ kind, text, at, until, lastSeen, scan, lines }: WhyStep): WhyStepJson {
  const commands = kind === 'scan' ? (scan?.commands ?? []) : [];
  return {
    kind,
    text,
    at: instantOrNull(at),
    until: instantOrNull(until),
    lastSeen: instantOrNull(lastSeen),
    scan: scan && scanMeant(scan),
    commands: commands.map((command) => command.map(quoted).join(' ')),
    lines: [...lines],
  };
}

function scanMeant(scan: NonNullable<WhyStep['scan']>): NonNullable<WhyStepJson['scan']> {
  const { id, plan, subject, outcome, coverage } = scanToJson(scan);
  return { id, plan, subject, outcome, coverage };
}
