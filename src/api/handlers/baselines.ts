import type { BaselineJson } from '../../contract/index.ts';
import type { Baseline } from '../../core/index.ts';
import { approvedToJson } from '../json/approval.ts';
import { instantToJson } from '../moment.ts';
import { operations } from '../operations.ts';

export const baselineHandlers = () => ({
  make: operations.baselines.make.handler(async ({ context: { keeper }, input: { target = null, note = null, by = null } }) => {
    const baseline = await keeper.makeBaseline({ target, note, by });
    const order = { places: null, closeness: 'exact', by, why: note, until: null, at: baseline.at, dryRun: false } as const;
    const approved = await keeper.approve({ ...order, choice: { kind: 'target', target } });
    return { ...baselineToJson(baseline), approved: approvedToJson(approved) };
  }),
  list: operations.baselines.list.handler(async ({ context, input: { target, limit } }) =>
    (await context.keeper.baselines({ limit, ...(target === undefined ? {} : { target }) })).map(baselineToJson),
  ),
});

const baselineToJson = ({ at, ...rest }: Baseline): BaselineJson => ({ ...rest, at: instantToJson(at) });
