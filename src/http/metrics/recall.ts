import type { Incident } from '../../core/index.ts';
import type { FeedItem, Keeper } from './keeper.ts';
import type { Outbox } from './outbox.ts';

/** Most that are read of what was going on before this process. */
const MOST = 10_000;

interface Known {
  readonly incidents: Map<number, Incident>;
  readonly outbox: Outbox;
}

/** What went on when this process began: read once. What happens while it is read is newer than what was read. */
export class Before {
  readonly #keeper: Keeper;
  readonly #known: Known;
  #read = false;
  #meanwhile: Set<string> | null = null;

  constructor(keeper: Keeper, known: Known) {
    this.#keeper = keeper;
    this.#known = known;
  }

  note(item: FeedItem): void {
    if (item.kind === 'incident.changed') this.#meanwhile?.add(`incident ${item.incident.id}`);
    if (item.kind === 'notification.changed') this.#meanwhile?.add(`notification ${item.notification.id}`);
  }

  async recall(): Promise<void> {
    if (this.#read) return;
    const meanwhile = new Set<string>();
    this.#meanwhile = meanwhile;
    const [incidents, waiting] = await Promise.all([
      this.#keeper.incidents({ open: true, limit: MOST }),
      this.#keeper.notifications({ states: ['waiting'], limit: MOST }),
    ]);
    for (const incident of incidents) if (!meanwhile.has(`incident ${incident.id}`)) this.#known.incidents.set(incident.id, incident);
    for (const one of waiting) if (!meanwhile.has(`notification ${one.id}`)) this.#known.outbox.remember(one);
    this.#meanwhile = null;
    this.#read = true;
  }
}
