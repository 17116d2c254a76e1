import type { DeviceJson } from '../../contract/index.ts';
import { labelWords } from '../../core/index.ts';
import { shortened } from '../terminal/visible.ts';

type Side = Readonly<Record<string, unknown>>;

/** Columns of a text; a note may have thousands. */
const SHOWN = 48;

export const shortLabel = (text: string): string => shortened(text, SHOWN);

/** What people say differently now, in the words in which they say it: "probe yes -> no; tags +ok, -new"; empty when nothing. */
export const labelsText = (was: Side, is: Side): string => labelWords(was, is, shortLabel);

/** The labels of a device, by their names in changes. */
export function labelsOf({
  alias,
  type,
  owner,
  carried,
  groups,
  tags,
  note,
  importance,
  window,
  probed,
  gentle,
  harmed,
}: DeviceJson): Side {
  return { alias, type, owner, carried, groups, tags, note, importance, window, probed, gentle, harmed };
}
