import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';
import { copyFile } from '../store-file.ts';

export const backupHandlers = () => ({
  download: operations.backups.download.handler(async ({ context, signal }) => {
    const copy = await context.keeper.copyStore();
    // Whoever went away while it was made reads nothing of it.
    if (signal?.aborted) copy.drop();
    else signal?.addEventListener('abort', () => copy.drop(), { once: true });
    const day = new Date(nowOf(context)).toISOString().slice(0, 10);
    return copyFile(copy, `rollcall-${day}.db`);
  }),
});
