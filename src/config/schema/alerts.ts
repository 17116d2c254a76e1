import { z } from 'zod';
import {
  CHANNEL_KEYS,
  messageCeiling,
  RULE_KEYS,
  readChannelText,
  readRuleText,
  type WrittenFault,
  type WrittenReading,
} from '../../core/index.ts';
import * as field from '../fields.ts';
import { readUpkeepText, UPKEEP_KEYS } from '../upkeep-text.ts';
import { complainTo, key } from './key.ts';
import { checkQuiet } from './limits.ts';

export const alerts = z
  .strictObject({
    usual: key(field.flag).optional(),
    quiet: z.array(key(field.quietWindow)).optional(),
    zone: key(field.zoneName).optional(),
    ceiling: key(messageCeiling).optional(),
    keep: key(field.keepAlerts).optional(),
    reach: z.array(key(field.reach)).optional(),
  })
  .transform((said, context) => {
    checkQuiet(said, complainTo(context), 'leave some hours to be told in');
    return said;
  });

/** Keys whose values are read together, elsewhere. */
const unread = <Key extends string>(keys: readonly Key[]) =>
  z.looseObject(Object.fromEntries(keys.map((name) => [name, z.unknown().optional()])) as Record<Key, z.ZodOptional<z.ZodUnknown>>);

/** What was read elsewhere, with its faults where they stand in the file. */
function taken<T>(reading: WrittenReading<T>, context: z.RefinementCtx): T {
  if (reading.ok) return reading.draft;
  blame(reading.faults, context);
  return z.NEVER;
}

function blame(faults: readonly WrittenFault[], context: z.RefinementCtx): void {
  for (const { path, reason, remedy } of faults) complainTo(context)({ key: path, message: reason, remedy });
}

/** So that a key that is not known does not hide what else is wrong. */
function refuseOthers(entry: object, known: readonly string[], context: z.RefinementCtx): void {
  const keys = Object.keys(entry).filter((name) => !known.includes(name));
  if (keys.length > 0) context.addIssue({ code: 'unrecognized_keys', keys, input: { ...entry } });
}

export const rule = unread(RULE_KEYS).transform((entry, context) => {
  refuseOthers(entry, RULE_KEYS, context);
  return taken(readRuleText(entry), context);
});

export const maintenance = unread(UPKEEP_KEYS).transform((entry, context) => {
  refuseOthers(entry, UPKEEP_KEYS, context);
  return taken(readUpkeepText(entry), context);
});

/** An option stands beside the other keys in the file. */
function inTheTable({ path: [first, ...rest], ...fault }: WrittenFault): WrittenFault {
  const [option = first, ...inside] = rest;
  return { ...fault, path: first === 'options' ? [String(option), ...inside] : [first, ...rest] };
}

/** Whatever is not of all channels is an option of its kind. */
export const channel = unread(CHANNEL_KEYS).transform((entry, context) => {
  const ours: readonly string[] = CHANNEL_KEYS;
  const options = Object.fromEntries(Object.entries(entry).filter(([name]) => !ours.includes(name)));
  const reading = readChannelText({ ...entry, options });
  if (reading.ok) return reading.draft;
  blame(reading.faults.map(inTheTable), context);
  return z.NEVER;
});

export const mqtt = z
  .strictObject({
    url: key(field.mqttUrl).optional(),
    url_file: key(field.filePath).optional(),
    topic: key(field.topicLevels).optional(),
    discovery: key(field.discoveryLevels).optional(),
    ca: key(field.filePath).optional(),
  })
  .transform(({ url_file: urlFile, ...rest }) => ({ ...rest, urlFile }));
