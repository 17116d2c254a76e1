import { askerOf } from '../asker.ts';
import { instantToJson } from '../moment.ts';
import { operations } from '../operations.ts';

export const undoHandlers = () => ({
  list: operations.undo.list.handler(({ context }) =>
    context.keeper.undoable(askerOf(context)).map(({ ref, operation, what, devices, at, until }) => ({
      ref,
      operation,
      what,
      devices: [...devices],
      at: instantToJson(at),
      until: instantToJson(until),
    })),
  ),
  do: operations.undo.do.handler(async ({ context, input }) => ({ ...(await context.keeper.undo(input.of, askerOf(context))) })),
});
