import type { AccessStore, Instant, SignIn, Token, User, UserId } from '../core/index.ts';
import { keyOf } from './names.ts';

interface Proving {
  readonly id: number;
  readonly digest: string;
}

/** Things by number, and by the digest of what is shown for them. */
export class Shelf<T extends Proving> {
  readonly #byId = new Map<number, T>();
  readonly #byDigest = new Map<string, T>();

  get all(): readonly T[] {
    return [...this.#byId.values()];
  }

  get(id: number): T | undefined {
    return this.#byId.get(id);
  }

  shownBy(digest: string): T | undefined {
    return this.#byDigest.get(digest);
  }

  put(one: T): void {
    this.drop(one.id);
    this.#byId.set(one.id, one);
    this.#byDigest.set(one.digest, one);
  }

  drop(id: number): void {
    const known = this.#byId.get(id);
    if (!known) return;
    this.#byId.delete(id);
    this.#byDigest.delete(known.digest);
  }

  /** In place of all there were. */
  fill(all: readonly T[]): void {
    this.#byId.clear();
    this.#byDigest.clear();
    for (const one of all) this.put(one);
  }
}

/** Who may come in, as the store has it: in memory, so that each request is judged at once. */
export class Book {
  readonly #users = new Map<UserId, User>();
  /** Those that are not over; one that ran out stays until the next start. */
  readonly signIns = new Shelf<SignIn>();
  /** Also those that are over. */
  readonly tokens = new Shelf<Token>();

  async load(store: AccessStore, now: Instant): Promise<void> {
    const [users, signIns, tokens] = await Promise.all([store.users(), store.signIns(now), store.tokens()]);
    this.#users.clear();
    for (const user of users) this.#users.set(user.id, user);
    this.signIns.fill(signIns);
    this.tokens.fill(tokens);
  }

  get users(): readonly User[] {
    return [...this.#users.values()];
  }

  user(id: UserId | null): User | undefined {
    return id === null ? undefined : this.#users.get(id);
  }

  userNamed(name: string): User | undefined {
    const key = keyOf(name);
    return this.users.find((user) => keyOf(user.name) === key);
  }

  userKnownAs(subject: string): User | undefined {
    return this.users.find((user) => user.subject === subject);
  }

  putUser(user: User): void {
    this.#users.set(user.id, user);
  }

  /** With what proves them. */
  dropUser(id: UserId): void {
    this.#users.delete(id);
    for (const signIn of this.signInsOf(id)) this.signIns.drop(signIn.id);
    for (const token of this.tokens.all) if (token.user === id) this.tokens.drop(token.id);
  }

  signInsOf(id: UserId): readonly SignIn[] {
    return this.signIns.all.filter(({ user }) => user === id);
  }

  /** Whether nobody could change anything here any more if it were not for this one. */
  isLastAdmin(user: User): boolean {
    return isAdminIn(user) && !this.users.some((other) => other.id !== user.id && isAdminIn(other));
  }
}

/** An admin who may come in. */
export const isAdminIn = ({ role, disabledAt }: User): boolean => role === 'admin' && disabledAt === null;
