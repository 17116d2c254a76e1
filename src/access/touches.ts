import type { Instant, Millis, SignIn, Token } from '../core/index.ts';
import type { Book, Shelf } from './book.ts';
import type { Desk } from './desk.ts';
import type { AccessParts } from './parts.ts';

/** Not each request is worth a write. */
const EACH: Millis = 60_000;

interface TouchesParts {
  readonly parts: AccessParts;
  readonly book: Book;
  readonly desk: Desk;
}

/** Notes when sign-ins and tokens were used last, to a minute; written all at once, while nobody waits for it. */
export class Touches {
  readonly #wired: TouchesParts;
  readonly #signIns = new Set<number>();
  readonly #tokens = new Set<number>();
  #writing: Promise<void> | undefined;

  constructor(wired: TouchesParts) {
    this.#wired = wired;
  }

  signIn(signIn: SignIn, now: Instant): void {
    if (isFresh(signIn.seenAt, now)) return;
    this.#wired.book.signIns.put({ ...signIn, seenAt: now });
    this.#signIns.add(signIn.id);
    this.#write();
  }

  token(token: Token, now: Instant): void {
    if (isFresh(token.usedAt, now)) return;
    this.#wired.book.tokens.put({ ...token, usedAt: now });
    this.#tokens.add(token.id);
    this.#write();
  }

  async settled(): Promise<void> {
    await this.#writing;
  }

  #write(): void {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
  }

  async #writeAll(): Promise<void> {
    const { parts, desk } = this.#wired;
    while (this.#signIns.size + this.#tokens.size > 0) {
      try {
        await desk.inTurn((lease) => this.#writeNow(lease));
      } catch (fault) {
        parts.log.warn({ fault: String(fault) }, 'when somebody was here last could not be kept');
        return; // in memory it is known; the next minute tries again
      }
    }
  }

  /** As they are by now: one that ended meanwhile stays ended. */
  async #writeNow(lease: Parameters<Parameters<Desk['inTurn']>[0]>[0]): Promise<void> {
    const { parts, book } = this.#wired;
    const signIns = taken(this.#signIns, book.signIns);
    const tokens = taken(this.#tokens, book.tokens);
    if (signIns.length > 0) await parts.store.updateSignIns(signIns, lease);
    if (tokens.length > 0) await parts.store.updateTokens(tokens, lease);
  }
}

/** A clock that was set back does not keep it from being noted. */
const isFresh = (before: Instant | null, now: Instant): boolean => before !== null && Math.abs(now - before) < EACH;

function taken<T extends { readonly id: number; readonly digest: string }>(ids: Set<number>, shelf: Shelf<T>): readonly T[] {
  const all = [...ids].map((id) => shelf.get(id)).filter((one) => one !== undefined);
  ids.clear();
  return all;
}
