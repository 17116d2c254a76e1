import type { Address, Instant } from '../../../core/index.ts';
import type { DeviceDraft } from './draft.ts';

/** Comings and goings that a program wrote down one by one, as stretches. */
export class Comings {
  readonly #here = new Map<string, { readonly at: Instant; readonly address: Address | null }>();

  /** Somebody came. Until they are said to have left, they were seen at that moment. */
  came(device: DeviceDraft, who: string, { at, address }: { readonly at: Instant; readonly address: Address | null }): void {
    if (this.#here.has(who)) return;
    device.sighting(at, address);
    this.#here.set(who, { at, address });
  }

  /** Somebody was seen last. */
  left(device: DeviceDraft, who: string, at: Instant): void {
    const came = this.#here.get(who);
    this.#here.delete(who);
    if (came && came.at <= at) device.session(came.at, at, came.address);
    else device.sighting(at, null);
  }
}
