import { Fault, type Lease, type PlanSchedule, type Store, type Target, type TargetId, type TargetSpec } from '../core/index.ts';

/** A target as the config file or the user declares it, before it has an id. */
export type TargetDraft = Omit<Target, 'id'>;

/** The right to write, asked for only when something is to be written. */
type Right = () => Promise<Lease>;

/**
 * The targets of a site. Those of the config file win over and are read-only beside those made by hand. Writes go one
 * after another, so that a target asked for twice at once is still one.
 */
export class TargetBook {
  readonly #store: Store;
  #targets: readonly Target[] = [];
  #last: Promise<unknown> = Promise.resolve();

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
  declare(drafts: readonly TargetDraft[], right: Right): Promise<void> {
    return this.#inTurn(async () => {
      for (const draft of drafts) await this.#write(draft, right);
      const declared = new Set(drafts.map(({ spec }) => spec.text));
      const dropped = this.#targets.filter(({ source, spec }) => source === 'config' && !declared.has(spec.text));
      for (const { id } of dropped) await this.#forget(id, right);
    });
  }

  /** Adds a target by hand, or changes one already there; `draftFor` gets what is known of it. */
  put(text: string, draftFor: (known: Target | undefined) => TargetDraft, right: Right): Promise<Target> {
    return this.#inTurn(async () => {
      const known = this.#byText(text);
      if (known) refuseDeclared(known, 'watching');
      return this.#write(draftFor(known), right);
    });
  }

  /** Changes one there is, made by hand; it keeps its id. */
  edit(reference: string, changeFor: (known: Target) => Partial<TargetDraft>, right: Right): Promise<Target> {
    return this.#inTurn(async () => {
      const known = this.find(reference, 'changing');
      return this.#write({ ...known, ...changeFor(known) }, right);
    });
  }

  /** One made by hand, by its text or id. Faults not-found, refused where the config file declares it. */
  find(reference: string, doing: string): Target {
    const target = this.#byText(reference) ?? this.#targets.find(({ id }) => String(id) === reference);
    const shown = JSON.stringify(reference.slice(0, 80));
    if (!target) throw new Fault('not-found', `${doing} ${shown}: it is not watched`, 'list the targets with "rollcall targets"');
    refuseDeclared(target, doing);
    return target;
  }

  remove(reference: string, right: Right): Promise<Target> {
    return this.#inTurn(async () => {
      const target = this.find(reference, 'unwatching');
      await this.#forget(target.id, right);
      return target;
    });
  }

  schedules(): { target: Target; entry: PlanSchedule }[] {
    return this.#targets.flatMap((target) => target.schedule.map((entry) => ({ target, entry })));
  }

  #byText(text: string): Target | undefined {
    return this.#targets.find(({ spec }) => spec.text === text);
  }

  /** Nothing is written, and no lease taken, for a target that is as it should be. */
  async #write(draft: TargetDraft, right: Right): Promise<Target> {
    const before = this.#byText(draft.spec.text);
    if (before && sameTarget(before, draft)) return before;
    const lease = await right(); // with it may come targets that another process has written
    const known = this.#byText(draft.spec.text);
    if (!known) {
      const added = await this.#store.addTarget(draft, lease);
      this.#targets = [...this.#targets, added];
      return added;
    }
    const target = { ...draft, id: known.id, createdAt: known.createdAt };
    await this.#store.updateTarget(target, lease);
    this.#targets = this.#targets.map((entry) => (entry.id === target.id ? target : entry));
    return target;
  }

  async #forget(id: TargetId, right: Right): Promise<void> {
    await this.#store.removeTarget(id, await right());
    this.#targets = this.#targets.filter((entry) => entry.id !== id);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {}); // the caller hears of it; the next in line is not to blame
    return turn;
  }
}

function refuseDeclared({ spec, source }: Target, doing: string): void {
  if (source === 'config')
    throw new Fault(
      'refused',
      `${doing} ${spec.text}: the config file declares it`,
      'change its [[target]] entry in rollcall.toml instead',
    );
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
