import type { PersonJson } from '../../contract/index.ts';
import { peopleOf } from '../../inventory/index.ts';
import type { ApiContext } from '../context.ts';
import { typeOf } from '../guesses.ts';
import { personToJson } from '../json/party.ts';
import { devicesNamed } from '../named.ts';
import { mayBeCalled, partyNamed } from '../one-party.ts';
import { operations } from '../operations.ts';
import { personSince } from '../person-since.ts';

const peopleIn = ({ keeper }: ApiContext) => peopleOf(keeper.roll().devices, typeOf);

export async function listPeople(context: ApiContext): Promise<PersonJson[]> {
  const since = await context.keeper.presenceSince();
  const people: PersonJson[] = [];
  for (const person of peopleIn(context)) people.push(personToJson(person, await personSince(context, person, since)));
  return people;
}

export const peopleHandlers = () => ({
  list: operations.people.list.handler(({ context }) => listPeople(context)),
  give: operations.people.give.handler(async ({ context, input: { person, devices } }) => {
    await setOwner(context, devices, person);
    return listPeople(context);
  }),
  take: operations.people.take.handler(async ({ context, input: { devices } }) => {
    await setOwner(context, devices, null);
    return listPeople(context);
  }),
  rename: operations.people.rename.handler(async ({ context, input: { person, name, into } }) => {
    const people = peopleIn(context);
    const renamed = partyNamed(people, person, 'person');
    mayBeCalled(people, renamed, { what: 'person', name, into });
    const ids = renamed.devices.map(({ id }) => id);
    await context.keeper.editDevices(ids, { owner: name });
    return listPeople(context);
  }),
});

async function setOwner(context: ApiContext, devices: readonly string[], owner: string | null): Promise<void> {
  const ids = devicesNamed(context, devices).map(({ id }) => id);
  await context.keeper.editDevices(ids, { owner });
}
