import { type Device, type DeviceId, Fault, type LabelEdit, type SetEdit } from '../../core/index.ts';
import { cleanEdit } from '../clean-edit.ts';
import { editLabels } from '../edit-labels.ts';
import { groupNamesOf, ownersOf } from '../people.ts';
import { bounded, type Relabelled } from '../relabel.ts';
import type { Roll } from '../roll.ts';

/** What is said of one device among many. */
export interface EachEdit {
  readonly device: DeviceId;
  readonly edit: LabelEdit;
}

/** Names as they are spelled by now. */
type Spelling = (name: string) => string;

/** Says another thing of each device. What is new to all is spelled as the first one spells it. */
export class Relabelling {
  readonly #devices: Roll['devices'];
  readonly #owner: Spelling;
  readonly #group: Spelling;
  readonly #tag: Spelling;

  constructor({ devices }: Pick<Roll, 'devices'>) {
    this.#devices = devices;
    const all = [...devices.values()];
    this.#owner = spelling(all.flatMap(ownersOf));
    this.#group = spelling(all.flatMap(groupNamesOf));
    this.#tag = spelling(all.flatMap(({ labels }) => labels.tags));
  }

  /** Faults bad-input for words no label may have, not-found for a device that is not there. */
  relabel({ device: id, edit }: EachEdit): Relabelled {
    const before = this.#devices.get(id);
    if (!before) throw new Fault('not-found', `editing device ${id}: there is none`, 'list them with "rollcall devices"');
    const { owner, groups, tags, ...rest } = cleanEdit(edit);
    const spelled = {
      ...rest,
      ...(owner !== undefined && { owner: owner === null ? null : this.#owner(owner) }),
      ...(groups && { groups: spelledSet(groups, this.#group) }),
      ...(tags && { tags: spelledSet(tags, this.#tag) }),
    };
    return { before, after: bounded(editLabels(before, spelled)) };
  }
}

const spelledSet = ({ add = [], drop = [] }: SetEdit, spell: Spelling): SetEdit => ({ add: add.map(spell), drop });

function spelling(names: readonly string[]): Spelling {
  const known = new Set(names);
  const alike = new Map(names.map((name) => [folded(name), name]));
  return (name) => {
    const spelled = known.has(name) ? name : (alike.get(folded(name)) ?? name);
    known.add(spelled);
    alike.set(folded(name), spelled);
    return spelled;
  };
}

const folded = (name: string): string => name.normalize('NFC').toLowerCase();

/** All of them, in one word. As {@link Relabelling}: all or, with a fault, none. */
export function relabelEach(roll: Pick<Roll, 'devices'>, edits: readonly EachEdit[]): Relabelled[] {
  const relabelling = new Relabelling(roll);
  return edits.map((edit) => relabelling.relabel(edit));
}

/** Whether anything is said anew. */
export const saysNew = ({ before, after }: { readonly before: Device; readonly after: Device }): boolean => before !== after;
