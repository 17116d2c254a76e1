import { Fault } from '../../core/index.ts';
import { groupsOf, peopleOf } from '../../inventory/index.ts';
import type { ApiContext } from '../context.ts';
import { typeOf } from '../guesses.ts';
import { partyNamed } from '../one-party.ts';
import { operations } from '../operations.ts';
import { listGroups } from './groups.ts';
import { listPeople } from './people.ts';

export const personRemovalHandlers = () => ({
  remove: operations.people.remove.handler(async ({ context, input }) => {
    const person = partyNamed(peopleOf(context.keeper.roll().devices, typeOf), input.person, 'person');
    await context.keeper.editDevices(
      person.devices.map(({ id }) => id),
      { owner: null },
    );
    return listPeople(context);
  }),
});

export const groupRemovalHandlers = () => ({
  dissolve: operations.groups.dissolve.handler(async ({ context, input }) => {
    const group = partyNamed(groupsOf(context.keeper.roll().devices), input.group, 'group');
    await refusePolicies(context, group.name);
    await context.keeper.editDevices(
      group.devices.map(({ id }) => id),
      { groups: { drop: [group.name] } },
    );
    return listGroups(context);
  }),
});

/** A policy about nobody would seem to hold, and hold for nothing. */
async function refusePolicies({ keeper }: ApiContext, name: string): Promise<void> {
  const fold = (text: string): string => text.normalize('NFC').toLowerCase();
  const inForce = await keeper.approvals({ at: null, all: false });
  const policy = inForce.find(({ approval: { subject } }) => subject.kind === 'group' && fold(subject.name) === fold(name));
  if (policy)
    throw new Fault(
      'refused',
      `dissolving group ${JSON.stringify(name)}: policy ${policy.approval.id} is about it`,
      `revoke it first, with "rollcall baseline revoke ${policy.approval.id}"`,
    );
}
