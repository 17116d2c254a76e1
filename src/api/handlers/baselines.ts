import type { BaselineJson } from '../../contract/index.ts';
import type { Baseline } from '../../core/index.ts';
import { instantToJson } from '../moment.ts';
import { operations } from '../operations.ts';

export const baselineHandlers = () => ({
  make: operations.baselines.make.handler(async ({ context, input: { target = null, note = null, by = null } }) =>
    baselineToJson(await context.keeper.makeBaseline({ target, note, by })),
  ),
  list: operations.baselines.list.handler(async ({ context, input: { target, limit } }) =>
    (await context.keeper.baselines({ limit, ...(target === undefined ? {} : { target }) })).map(baselineToJson),
  ),
});

const baselineToJson = ({ at, ...rest }: Baseline): BaselineJson => ({ ...rest, at: instantToJson(at) });
