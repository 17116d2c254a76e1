import * as z from 'zod';
import { operation } from './fault.ts';

export const backups = {
  download: operation
    .meta({ scope: 'admin', audited: true })
    .route({
      method: 'GET',
      path: '/backups/download',
      summary: 'A copy of the store as a file',
      description:
        'Whole and consistent, also while the daemon writes. It holds everything that is known, secrets of channels too. ' +
        'It is put back with "rollcall restore FILE" on the machine itself, while the daemon is stopped.',
      tags: ['daemon'],
    })
    .output(z.file()),
};
