import type { RollcallClient } from '../../contract/index.ts';
import { type ChannelDraft, type ChannelSetup, Fault, nearest, readChannelText } from '../../core/index.ts';
import type { ChannelStanding } from '../../watch/index.ts';
import type { ApiContext } from '../context.ts';
import { refuseFiles, refuseMoved } from '../from-afar.ts';
import { kindToJson, setupToJson, standingToJson, termsToJson, testToJson } from '../json/channel.ts';
import { operations } from '../operations.ts';
import { writtenOrFault } from '../written.ts';

export const channelHandlers = () => ({
  kinds: operations.channels.kinds.handler(async ({ context: { keeper } }) => (await keeper.channelKinds()).map(kindToJson)),
  list: operations.channels.list.handler(async ({ context: { keeper } }) => {
    const kinds = await keeper.channelKinds();
    return (await keeper.channels()).map((standing) => standingToJson(standing, kinds));
  }),
  put: operations.channels.put.handler(async ({ context, input }) => {
    const known = (await context.keeper.channels()).find(({ setup }) => setup.name === input.name);
    await judgeFromAfar(context, known?.setup, input.options);
    return put(context, writtenOrFault(readChannelText(input)));
  }),
  edit: operations.channels.edit.handler(async ({ context, input: { name, ...words } }) => {
    const { setup } = await standingNamed(context, name);
    await judgeFromAfar(context, setup, { ...setup.options, ...words.options });
    return put(context, editedChannel(setup, words));
  }),
  drop: operations.channels.drop.handler(async ({ context: { keeper }, input: { name } }) =>
    setupToJson(await keeper.dropChannel(name), await keeper.channelKinds()),
  ),
  test: operations.channels.test.handler(async ({ context: { keeper }, input: { name } }) => testToJson(await keeper.testChannel(name))),
});

async function put({ keeper }: ApiContext, draft: ChannelDraft) {
  return standingToJson(await keeper.putChannel(draft), await keeper.channelKinds());
}

/** What callers over TCP may not do, whatever token they have. */
async function judgeFromAfar(
  { local, keeper }: ApiContext,
  setup: ChannelSetup | undefined,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (local) return;
  refuseFiles(options, setup?.options);
  if (setup) refuseMoved({ setup, options, kinds: await keeper.channelKinds() });
}

type Words = Omit<Parameters<RollcallClient['channels']['edit']>[0], 'name'>;

/** The channel as it was, with what was said otherwise; an option that is null is taken away. */
function editedChannel(setup: ChannelSetup, { options = {}, ...terms }: Words): ChannelDraft {
  const { name, kind } = setup;
  const said = Object.entries(terms).filter(([, value]) => value !== undefined);
  const kept = Object.entries({ ...setup.options, ...options }).filter(([, value]) => value !== null);
  return writtenOrFault(
    readChannelText({ name, kind, ...termsToJson(setup), ...Object.fromEntries(said), options: Object.fromEntries(kept) }),
  );
}

async function standingNamed({ keeper }: ApiContext, name: string): Promise<ChannelStanding> {
  const all = await keeper.channels();
  const found = all.find(({ setup }) => setup.name === name);
  if (found) return found;
  const guess = nearest(
    name,
    all.map(({ setup }) => setup.name),
  );
  const shown = JSON.stringify(name.slice(0, 80));
  throw new Fault(
    'not-found',
    `finding channel ${shown}: there is none`,
    guess ? `did you mean ${guess}?` : 'list them with "rollcall channel"',
  );
}
