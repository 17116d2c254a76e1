import { Fault, type Lease, type PlanSchedule, type Store, type Target, type TargetId, type TargetSpec } from '../core/index.ts';

/** A target as the config file or the user declares it, before it has an id. */
export type TargetDraft = Omit<Target, 'id'>;

/** The targets of a site. Those of the config file win over and are read-only beside those made by hand. */
export class TargetBook {
  readonly #store: Store;
  #targets: readonly Target[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  get all(): readonly Target[] {
    return this.#targets;
  }

  async load(site: string): Promise<void> {
    this.#targets = await this.#store.targets(site);
  }

  /** Makes the stored targets agree with the config file: adds, updates, and removes what it no longer declares. */
  async declare(drafts: readonly TargetDraft[], lease: () => Promise<Lease>): Promise<void> {
    for (const draft of drafts) {
      const known = this.#byText(draft.spec.text);
      if (!known) await this.add(draft, await lease());
      else if (!sameTarget(known, draft)) await this.#update({ ...draft, id: known.id, createdAt: known.createdAt }, await lease());
    }
    const declared = new Set(drafts.map(({ spec }) => spec.text));
    const dropped = this.#targets.filter(({ source, spec }) => source === 'config' && !declared.has(spec.text));
    for (const { id } of dropped) await this.#forget(id, await lease());
  }

  async add(draft: TargetDraft, lease: Lease): Promise<Target> {
    const target = await this.#store.addTarget(draft, lease);
    this.#targets = [...this.#targets, target];
    return target;
  }

  /** Adds a target by hand, or replaces the schedule of one already there. */
  async put(draft: TargetDraft, lease: Lease): Promise<Target> {
    const known = this.#byText(draft.spec.text);
    if (!known) return this.add(draft, lease);
    refuseDeclared(known, 'watching');
    const target = { ...draft, id: known.id, createdAt: known.createdAt };
    await this.#update(target, lease);
    return target;
  }

  async remove(reference: string, lease: () => Promise<Lease>): Promise<Target> {
    const target = this.#byText(reference) ?? this.#targets.find(({ id }) => String(id) === reference);
    if (!target)
      throw new Fault(
        'not-found',
        `unwatching ${JSON.stringify(reference)}: it is not watched`,
        'list the targets with "rollcall targets"',
      );
    refuseDeclared(target, 'unwatching');
    await this.#forget(target.id, await lease());
    return target;
  }

  schedules(): { target: Target; entry: PlanSchedule }[] {
    return this.#targets.flatMap((target) => target.schedule.map((entry) => ({ target, entry })));
  }

  #byText(text: string): Target | undefined {
    return this.#targets.find(({ spec }) => spec.text === text);
  }

  async #update(target: Target, lease: Lease): Promise<void> {
    await this.#store.updateTarget(target, lease);
    this.#targets = this.#targets.map((entry) => (entry.id === target.id ? target : entry));
  }

  async #forget(id: TargetId, lease: Lease): Promise<void> {
    await this.#store.removeTarget(id, lease);
    this.#targets = this.#targets.filter((entry) => entry.id !== id);
  }
}

function refuseDeclared({ spec, source }: Target, doing: string): void {
  if (source === 'config')
    throw new Fault('refused', `${doing} ${spec.text}: the config file declares it`, 'change its [[target]] entry instead');
}

function sameTarget(a: Target, b: TargetDraft): boolean {
  const text = ({ site, spec, schedule, window, iface, source }: TargetDraft): string =>
    JSON.stringify([site, spec.text, schedule, window, iface, source]);
  return text(a) === text(b);
}

/** What watching a target does when nobody says more: sweeps often, ports at once and then at night. */
export function usualSchedule(spec: TargetSpec, { loopback, attached }: { loopback: boolean; attached: boolean }): readonly PlanSchedule[] {
  if (loopback) return [{ plan: 'ports', cadence: { kind: 'every', every: 5 * 60_000 } }];
  const every = spec.kind === 'ranges' && attached ? 60_000 : 5 * 60_000;
  return [
    { plan: 'sweep', cadence: { kind: 'every', every } },
    { plan: 'ports', cadence: { kind: 'at', cron: '0 3 * * *', zone: null } },
  ];
}
