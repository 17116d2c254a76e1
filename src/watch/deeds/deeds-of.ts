import { settingsOf } from '../../config/index.ts';
import { Fault } from '../../core/index.ts';
import type { Deeds } from '../deeds-asked.ts';
import { editEach } from '../edits.ts';
import { judged } from '../roll-view.ts';
import type { Wired } from '../wire.ts';
import { savedViewsOf } from './saved-views.ts';
import { editTarget } from './target-edit.ts';
import { WakeLimit, wake } from './wake.ts';

/** What people do that is no label of devices named together, approval, merge, alert or scan, answered by the wired parts. */
export function deedsOf(wired: Wired): Deeds {
  const { outside, ledger, undos } = wired;
  const limit = new WakeLimit();
  return {
    ...savedViewsOf(wired),
    editEach: async (edits) => (await editEach(wired, edits)).map((device) => judged(device, wired.rules(outside.clock.now()))),
    editTarget: (reference, edit) => editTarget(wired, reference, edit),
    wake: async (id) => {
      const device = ledger.roll.devices.get(id);
      if (!device) throw new Fault('not-found', `waking #${id}: there is no such device`, 'list them with "rollcall devices"');
      return wake(wired, device, limit);
    },
    settings: () => ({ file: wired.config.said?.file ?? null, settings: settingsOf(wired.config) }),
    copyStore: () => outside.store.copy(),
    undoable: (asker) => undos.undoable(asker),
    undo: (ref, asker) => undos.undo(ref, asker),
  };
}
