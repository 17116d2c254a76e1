import { type Device, deviceName, Fault, type Target } from '../../core/index.ts';
import type { Keeper } from '../keeper.ts';
import type { Wired } from '../wire.ts';

type Recorded = Pick<Keeper, 'watch' | 'unwatch' | 'editTarget' | 'mergeDevices' | 'splitDevice' | 'undoMerge' | 'removeView'>;

const sameTarget = (a: Target | undefined, b: Target | undefined): boolean => JSON.stringify(textOf(a)) === JSON.stringify(textOf(b));
const textOf = (target: Target | undefined): unknown =>
  target && [target.spec.text, target.schedule, target.window, target.iface, target.source];

/** What people do about targets, merges and views, remembered so that it can be taken back. */
export function recordedNetwork(wired: Wired, plain: Keeper, again: () => Keeper): Recorded {
  return { ...recordedTargets(wired, plain, again), ...recordedMerges(wired, plain, again), ...recordedViews(wired, plain) };
}

function recordedTargets(wired: Wired, plain: Keeper, again: () => Keeper): Pick<Recorded, 'watch' | 'unwatch' | 'editTarget'> {
  const { undos, book } = wired;
  const known = (text: string): Target | undefined => book.all.find(({ spec }) => spec.text === text);
  return {
    async watch(request) {
      const before = book.all;
      const target = await plain.watch(request);
      const old = before.find(({ id }) => id === target.id);
      noteTarget(wired, { operation: 'targets.add', what: `${old ? 'changed' : 'watched'} ${target.spec.text}`, old, target, again });
      return target;
    },
    async editTarget(reference, edit) {
      const before = book.all;
      const edited = await plain.editTarget(reference, edit);
      const { target } = edited;
      const old = before.find(({ id }) => id === target.id);
      if (!edit.dryRun) noteTarget(wired, { operation: 'targets.edit', what: `changed ${target.spec.text}`, old, target, again });
      return edited;
    },
    async unwatch(reference) {
      const target = await plain.unwatch(reference);
      const restore = async (): Promise<string> => {
        if (known(target.spec.text)) throw changedSince(`target ${target.spec.text}`, 'it is watched again already');
        const made = await again().watch(requestOf(target));
        return `it is target ${made.id} now; its scans until then stay those of target ${target.id}`;
      };
      undos.note({ operation: 'targets.remove', what: `watched ${target.spec.text} no longer`, scope: 'admin', restore });
      return target;
    },
  };
}

interface TargetStep {
  readonly operation: string;
  readonly what: string;
  /** undefined: there was none. */
  readonly old: Target | undefined;
  readonly target: Target;
  readonly again: () => Keeper;
}

function noteTarget({ undos, book }: Wired, { operation, what, old, target, again }: TargetStep): void {
  if (sameTarget(old, target)) return;
  const restore = async (): Promise<null> => {
    const now = book.all.find(({ id }) => id === target.id);
    if (!sameTarget(now, target)) throw changedSince(`target ${target.spec.text}`);
    await (old ? again().editTarget(String(target.id), old) : again().unwatch(String(target.id)));
    return null;
  };
  undos.note({ operation, what, scope: 'admin', restore });
}

const requestOf = ({ spec, schedule, window, iface }: Target) => ({
  target: spec.text,
  schedule,
  ...(window !== null && { window }),
  ...(iface !== null && { iface }),
});

const shown = (device: Device | undefined, id: number): string => (device && deviceName(device)) ?? `#${id}`;

function recordedMerges(
  { undos, ledger }: Wired,
  plain: Keeper,
  again: () => Keeper,
): Pick<Recorded, 'mergeDevices' | 'splitDevice' | 'undoMerge'> {
  const named = (id: number): string => shown(ledger.roll.devices.get(id) ?? ledger.roll.merged.get(id), id);
  /** Part after part: each of them is a step of its own, and each that was taken back says so. */
  const noteMerge = (keep: number, absorb: readonly number[]): void => {
    const restore = async (): Promise<null> => {
      const lost = absorb.find((id) => ledger.roll.merged.get(id)?.mergedInto !== keep);
      if (lost !== undefined) throw changedSince(`merge of #${lost}`, 'it is no part of that device any more');
      for (const id of absorb.toReversed()) await again().undoMerge({ device: String(id), part: null });
      return null;
    };
    const parts = absorb.map(named).join(', ');
    undos.note({
      operation: 'merges.merge',
      what: `merged ${parts} into ${named(keep)}`,
      scope: 'edit',
      devices: [keep, ...absorb],
      restore,
    });
  };
  const noteSplit = (operation: string, devices: readonly Device[]): void => {
    const [keep, ...absorb] = devices.map(({ id }) => id);
    if (keep === undefined || absorb.length === 0) return;
    const restore = async (): Promise<null> => {
      const lost = [keep, ...absorb].find((id) => !ledger.roll.devices.has(id));
      if (lost !== undefined) throw changedSince(`split of #${keep}`, `#${lost} was merged or forgotten since`);
      await again().mergeDevices({ keep, absorb });
      return null;
    };
    undos.note({
      operation,
      what: `made ${devices.map(({ id }) => named(id)).join(' and ')} devices of their own`,
      scope: 'edit',
      devices: [keep, ...absorb],
      restore,
    });
  };
  return {
    async mergeDevices(request) {
      const device = await plain.mergeDevices(request);
      noteMerge(request.keep, request.absorb);
      return device;
    },
    async splitDevice(device, macs) {
      const devices = await plain.splitDevice(device, macs);
      noteSplit('merges.split', wholeFirst(devices, device));
      return devices;
    },
    async undoMerge(request) {
      const part = plain.partNamed(request.device) ?? null;
      const devices = await plain.undoMerge(request);
      noteSplit('merges.undo', wholeFirst(devices, part?.mergedInto ?? devices.at(-1)?.id ?? 0));
      return devices;
    },
  };
}

/** Whoever was the whole goes on as that. */
const wholeFirst = (devices: readonly Device[], whole: number): readonly Device[] =>
  devices.toSorted((a, b) => Number(b.id === whole) - Number(a.id === whole));

function recordedViews({ undos, outside, ledger }: Wired, plain: Keeper): Pick<Recorded, 'removeView'> {
  return {
    async removeView(id, asker) {
      const view = await plain.removeView(id, asker);
      const restore = async (): Promise<string> => {
        const lease = await outside.tenancy.get();
        const known = await outside.store.savedViews(ledger.roll.site);
        if (known.some(({ owner, page, name }) => owner === view.owner && page === view.page && name === view.name))
          throw changedSince(`view ${JSON.stringify(view.name)}`, 'there is another of that name by now');
        const { id: _, ...draft } = view;
        return `it is number ${(await outside.store.putSavedView(draft, lease)).id} now`;
      };
      undos.note({
        operation: 'views.remove',
        what: `removed the view ${JSON.stringify(view.name)}`,
        scope: 'read',
        restore,
        ...(!view.forAll && { owner: view.owner }),
      });
      return view;
    },
  };
}

const changedSince = (what: string, reason = 'it was changed since'): Fault =>
  new Fault('conflict', `taking back what was done to ${what}: ${reason}`, 'look at it as it is now, and say by hand what is meant');
