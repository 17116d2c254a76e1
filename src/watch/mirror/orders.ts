import { type Clock, Fault, type Instant, type Millis, type MirrorOrder, type Target } from '../../core/index.ts';
import type { Keeper } from '../keeper.ts';

export interface OrderParts {
  readonly keeper: Pick<Keeper, 'startScan' | 'targets' | 'acknowledge'>;
  readonly clock: Clock;
  /** Of scans that were begun and broke off. */
  readonly failed: (fault: unknown) => void;
}

/** Scans that others ask for begin at most this often. */
const PAUSE: Millis = 30_000;
/** Targets of one order that are told by name. */
const TOLD = 3;

/** Carries out what others may order: a look at what is watched anyway, and that incidents are known. */
export class Orders {
  readonly #parts: OrderParts;
  #scannedAt: Instant | null = null;
  #running = 0;

  constructor(parts: OrderParts) {
    this.#parts = parts;
  }

  /** Resolves to what was done. Rejects with a Fault for what is not done. */
  carryOut(order: MirrorOrder): Promise<string> {
    return order.kind === 'scan' ? this.#scan(order.target) : this.#acknowledge(order.incident);
  }

  async #scan(wanted: string | null): Promise<string> {
    const targets = this.#targetsOf(wanted);
    this.#heedPace();
    const begun: string[] = [];
    let refusal: unknown;
    for (const { spec } of targets) {
      try {
        const { scan, done } = await this.#parts.keeper.startScan({ targets: [spec.text], plan: 'sweep' });
        this.#running++;
        void done.catch(this.#parts.failed).finally(() => this.#running--);
        begun.push(`scan ${scan.id} of ${spec.text}`);
      } catch (thrown) {
        refusal = thrown;
      }
    }
    if (begun.length === 0) throw refusal;
    const more = begun.length > TOLD ? ` and ${begun.length - TOLD} more` : '';
    const refused = targets.length - begun.length;
    return `began ${begun.slice(0, TOLD).join(', ')}${more}${refused === 0 ? '' : `; ${refused} could not begin: ${(refusal as Error).message}`}`;
  }

  #targetsOf(wanted: string | null): readonly Target[] {
    const all = this.#parts.keeper.targets().map(({ target }) => target);
    const meant = wanted === null ? all : all.filter(({ id, spec }) => String(id) === wanted || spec.text === wanted.toLowerCase());
    if (meant.length > 0) return meant;
    if (wanted === null) throw new Fault('not-found', 'scanning all targets: nothing is watched', 'watch something with "rollcall watch"');
    throw new Fault(
      'not-found',
      `scanning ${wanted}: it is not watched`,
      'name a target by its number or text, as "rollcall targets" lists them',
    );
  }

  #heedPace(): void {
    const now = this.#parts.clock.monotonic();
    if (this.#running > 0) throw new Fault('refused', 'scanning: what was ordered last still runs', 'wait until it is over');
    const wait = this.#scannedAt === null ? 0 : this.#scannedAt + PAUSE - now;
    if (wait > 0) throw new Fault('refused', `scanning: it was ordered a moment ago, again in ${Math.ceil(wait / 1000)} s`, 'wait so long');
    this.#scannedAt = now;
  }

  async #acknowledge(incident: number | 'open'): Promise<string> {
    const done = await this.#parts.keeper.acknowledge(incident === 'open' ? 'open' : [incident], 'MQTT');
    return done.length === 1 ? `acknowledged incident ${done[0]?.id}` : `acknowledged ${done.length} incidents`;
  }
}
