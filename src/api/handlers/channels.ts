import { type ChannelDraft, type ChannelSetup, Fault, type JsonObject, nearest } from '../../core/index.ts';
import type { ChannelStanding } from '../../watch/index.ts';
import { alertingOf } from '../alerting.ts';
import type { ApiContext } from '../context.ts';
import { kindToJson, setupToJson, standingToJson, testToJson } from '../json/channel.ts';
import { readDuration } from '../moment.ts';
import { operations } from '../operations.ts';
import { readStretches } from '../read-rule.ts';

export const channelHandlers = () => ({
  kinds: operations.channels.kinds.handler(async ({ context }) => (await alertingOf(context).channelKinds()).map(kindToJson)),
  list: operations.channels.list.handler(async ({ context }) => {
    const alerting = alertingOf(context);
    const kinds = await alerting.channelKinds();
    return (await alerting.channels()).map((standing) => standingToJson(standing, kinds));
  }),
  put: operations.channels.put.handler(({ context, input: { name, kind, options, ...terms } }) =>
    put(context, { name, kind, options, ...readTerms(terms) }),
  ),
  edit: operations.channels.edit.handler(async ({ context, input: { name, options = {}, ...terms } }) => {
    const { setup } = await standingNamed(context, name);
    return put(context, { ...draftOf(setup), ...readTerms(terms), options: edited(setup.options, options) });
  }),
  drop: operations.channels.drop.handler(async ({ context, input: { name } }) => {
    const alerting = alertingOf(context);
    return setupToJson(await alerting.dropChannel(name), await alerting.channelKinds());
  }),
  test: operations.channels.test.handler(async ({ context, input: { name } }) => testToJson(await alertingOf(context).testChannel(name))),
});

async function put(context: ApiContext, draft: ChannelDraft) {
  const alerting = alertingOf(context);
  return standingToJson(await alerting.putChannel(draft), await alerting.channelKinds());
}

const draftOf = ({ source: _, ...setup }: ChannelSetup): ChannelDraft => setup;

/** null takes an option away. */
const edited = (was: JsonObject, said: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries({ ...was, ...said }).filter(([, value]) => value !== null));

interface Terms {
  readonly usual?: boolean | undefined;
  readonly quiet?: readonly string[] | null | undefined;
  readonly ceiling?: number | undefined;
  readonly ttl?: string | undefined;
  readonly fallback?: string | null | undefined;
}

function readTerms({ usual, quiet, ceiling, ttl, fallback }: Terms): Partial<ChannelDraft> {
  return {
    ...(usual !== undefined && { usual }),
    ...(quiet !== undefined && { quiet: quiet && readStretches(quiet, 'quiet') }),
    ...(ceiling !== undefined && { ceiling }),
    ...(ttl !== undefined && { ttl: readDuration(ttl, 'ttl') }),
    ...(fallback !== undefined && { fallback }),
  };
}

async function standingNamed(context: ApiContext, name: string): Promise<ChannelStanding> {
  const all = await alertingOf(context).channels();
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
