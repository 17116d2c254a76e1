import * as z from 'zod';
import { operation } from './fault.ts';
import { progressShape } from './result.ts';
import { scanJson } from './scan-json.ts';

export const runningScanJson = z
  .object({
    scan: scanJson,
    progress: z.object(progressShape).omit({ scan: true }).nullable().meta({ description: 'null: it has not said yet' }),
  })
  .meta({ description: 'A scan under way, and how far it is.' });

export type RunningScanJson = z.infer<typeof runningScanJson>;

export const running = {
  running: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/scans/running', summary: 'Scans under way', description: 'Oldest first.', tags: ['scans'] })
    .output(z.array(runningScanJson)),
};
