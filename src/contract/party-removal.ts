import * as z from 'zod';
import { operation } from './fault.ts';
import { groupJson } from './group.ts';
import { personJson } from './person.ts';

const name = z.string().min(1).max(1024);

/** People and groups are there while a device is theirs: without any they are gone. */
export const personRemoval = {
  remove: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/people/remove',
      summary: 'Forget a person',
      description: 'All of their devices become nobody’s. Answers with who is left.',
      tags: ['people'],
    })
    .input(z.strictObject({ person: name }))
    .output(z.array(personJson)),
};

export const groupRemoval = {
  dissolve: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/groups/dissolve',
      summary: 'Dissolve a group',
      description: 'Refused while a policy in force is about it. Answers with all groups.',
      tags: ['groups'],
    })
    .input(z.strictObject({ group: name }))
    .output(z.array(groupJson)),
};
