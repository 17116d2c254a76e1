import { Fault, type Instant, parseDuration } from '../../core/index.ts';
import type { MuteDraft } from '../../watch/index.ts';
import { muteToJson } from '../json/incident.ts';
import { readMoment } from '../moment.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';
import { readKinds } from '../written.ts';

export const muteHandlers = () => ({
  list: operations.mutes.list.handler(async ({ context, input: { over } }) =>
    (await context.keeper.mutes({ all: over === 'yes' })).map(muteToJson),
  ),
  add: operations.mutes.add.handler(async ({ context, input }) => {
    const { kind, rule = null, kinds = [], where = null, why = null, by = null } = input;
    const now = nowOf(context);
    const [from, until] = [readAhead(input.from, now), readAhead(input.until, now)];
    const draft: MuteDraft = { kind, rule, kinds: readKinds(kinds), where, from, until, why, by };
    refuseEndless(draft);
    return muteToJson(await context.keeper.mute(draft));
  }),
  end: operations.mutes.end.handler(async ({ context, input: { id } }) => muteToJson(await context.keeper.unmute(id))),
});

/** Whoever silences all of it for ever does not mean it. */
function refuseEndless({ kind, rule, kinds, where, until }: MuteDraft): void {
  if (until !== null) return;
  const everything = rule === null && kinds.length === 0 && where === null;
  if (kind === 'mute' && !everything) return;
  throw new Fault(
    'bad-input',
    kind === 'mute' ? 'muting everything: it would never end' : 'keeping maintenance: it would never end',
    'say for how long, or until when',
  );
}

/** A moment, or a length from now on. */
function readAhead(text: string | undefined, now: Instant): Instant | null {
  if (text === undefined) return null;
  const length = parseDuration(text);
  return length === undefined ? readMoment(text, now) : now + length;
}
