import type { CompletionJson, MatchJson } from '../../contract/index.ts';
import type { Device } from '../../core/index.ts';
import { completeFilter, type KnownValue, knownValues, wrongIn } from '../../inventory/index.ts';
import { chosenAmong } from '../chosen.ts';
import { typeOf } from '../guesses.ts';
import { readMoment } from '../moment.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';

export const filteringHandlers = () => ({
  match: operations.devices.match.handler(async ({ context, input: { filter, at } }): Promise<MatchJson> => {
    const moment = at === undefined ? null : readMoment(at, nowOf(context));
    const { devices, seq } = moment === null ? context.keeper.roll() : await context.keeper.rollAt(moment);
    const ids = (await chosenAmong(context, devices, { filter, at: moment })).map(({ id }) => id);
    return { seq, count: ids.length, ids };
  }),
  complete: operations.devices.complete.handler(({ context, input: { text, cursor = text.length } }): CompletionJson => {
    const { devices } = context.keeper.roll();
    const { from, to, choices } = completeFilter(text, cursor, (key) => knownOf(devices, key));
    return { from, to, choices: [...choices], fault: wrongIn(text) };
  }),
});

const kept = new WeakMap<readonly Device[], Map<string, readonly KnownValue[]>>();

/** Of one roll each key is counted once: whoever types asks with every letter. */
function knownOf(devices: readonly Device[], key: string): readonly KnownValue[] {
  const ofRoll = kept.get(devices) ?? new Map<string, readonly KnownValue[]>();
  kept.set(devices, ofRoll);
  const known = ofRoll.get(key) ?? knownValues(key, devices, typeOf);
  ofRoll.set(key, known);
  return known;
}
