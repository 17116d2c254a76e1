import * as z from 'zod';
import { operation } from './fault.ts';

export const backup = operation
  .meta({ scope: 'admin', audited: true })
  .route({
    method: 'POST',
    path: '/backup',
    summary: 'Copy the store to a file of this machine',
    description: 'Only over the unix socket: it writes where the caller says.',
    tags: ['daemon'],
  })
  .input(z.strictObject({ path: z.string().startsWith('/').max(4096).meta({ description: 'absolute path of the copy' }) }))
  .output(z.object({ path: z.string() }));
