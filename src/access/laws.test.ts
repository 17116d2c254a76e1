import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accessStand, byBearer, byCookie, CHEAP, PASSWORD, type Stand, signedIn, whence } from '../../test/make/access-stand.ts';
import { type Caller, Fault, OWNER, ROLES, SCOPES_OF } from '../core/index.ts';
import type { Access } from './index.ts';

const HOUR = 3_600_000;
const NAMES = ['anna', 'bert', 'carl'] as const;

/** What somebody does; which of several is meant is a number. */
const step = fc.oneof(
  fc.record({ does: fc.constant('add' as const), name: fc.constantFrom(...NAMES), role: fc.constantFrom(...ROLES) }),
  fc.record({ does: fc.constant('role' as const), name: fc.constantFrom(...NAMES), role: fc.constantFrom(...ROLES) }),
  fc.record({ does: fc.constant('disable' as const), name: fc.constantFrom(...NAMES), disabled: fc.boolean() }),
  fc.record({ does: fc.constantFrom('remove' as const, 'password' as const, 'own password' as const), name: fc.constantFrom(...NAMES) }),
  fc.record({
    does: fc.constantFrom('sign in' as const, 'elsewhere' as const),
    name: fc.constantFrom(...NAMES),
    role: fc.constantFrom(...ROLES),
  }),
  fc.record({ does: fc.constantFrom('sign out' as const, 'end' as const, 'make token' as const, 'revoke' as const), which: fc.nat(9) }),
  fc.record({ does: fc.constant('pass' as const), hours: fc.nat(24 * 9) }),
  fc.record({ does: fc.constantFrom('restart' as const, 'setup' as const) }),
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What was given out, and whether it may still open anything. */
interface Given {
  readonly secret: string;
  readonly kind: 'cookie' | 'token';
  readonly caller: Caller;
  readonly id: number;
  dead: boolean;
}

class Play {
  readonly stand: Stand;
  access: Access;
  readonly given: Given[] = [];
  #hadAdmin = false;

  constructor(stand: Stand) {
    this.stand = stand;
    this.access = stand.access;
  }

  async take(one: Step): Promise<void> {
    try {
      await this.#act(one);
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown;
    }
    this.#judge(one);
  }

  async #act(one: Step): Promise<void> {
    if ('name' in one) return this.#actOnUser(one);
    if ('which' in one) return this.#actOnGiven(one);
    if (one.does === 'pass') return this.stand.clock.pass(one.hours * HOUR);
    if (one.does === 'restart') {
      await this.access.stop();
      this.access = await this.stand.again();
      return;
    }
    const secret = this.access.setupLink()?.secret ?? 'none';
    this.#came(await this.access.setup({ ...whence, secret, name: 'anna', password: PASSWORD }));
  }

  async #actOnUser(one: Extract<Step, { name: string }>): Promise<void> {
    const { name } = one;
    const { access } = this;
    const user = access.users().find((known) => known.name === name);
    const before = user && { role: user.role, disabledAt: user.disabledAt };
    if (one.does === 'add') await access.addUser({ name, role: one.role, password: PASSWORD });
    if (one.does === 'sign in') this.#came(await signedIn(access, name));
    if (one.does === 'elsewhere') await this.#elsewhere(name, one.role);
    if (one.does === 'own password') await this.#ownPassword(name);
    if (one.does === 'password') this.#lost(await access.editUser(name, { password: PASSWORD }), 'cookie');
    if (one.does === 'role' && before?.role !== one.role) this.#lost(await access.editUser(name, { role: one.role }), 'cookie');
    if (one.does === 'disable' && (before?.disabledAt !== null) !== one.disabled)
      this.#lost(await access.editUser(name, { disabled: one.disabled }), 'cookie');
    if (one.does === 'remove') this.#lost(await access.removeUser(name), 'all');
  }

  async #elsewhere(subject: string, role: (typeof ROLES)[number]): Promise<void> {
    const known = this.access.users().find((user) => user.subject === `idp ${subject}`);
    const welcome = await this.access.signInElsewhere({ ...whence, issuer: 'idp', subject, name: `x-${subject}`, role });
    if (known && known.role !== role) this.#lost(known, 'cookie');
    this.#came(welcome);
  }

  async #ownPassword(name: string): Promise<void> {
    const own = this.given.find(({ caller, dead, kind }) => caller.name === name && !dead && kind === 'cookie');
    if (!own) return;
    const caller = byCookie(this.access, own.secret);
    if (!caller) return;
    const welcome = await this.access.changePassword(caller, { ...whence, old: PASSWORD, password: PASSWORD });
    this.#lost({ id: caller.user ?? 0 }, 'cookie');
    this.#came(welcome);
  }

  async #actOnGiven({ does, which }: Extract<Step, { which: number }>): Promise<void> {
    const one = this.given[which % Math.max(1, this.given.length)];
    if (!one) return;
    if (does === 'make token') {
      const caller = byCookie(this.access, one.secret);
      if (!caller) return;
      const { token, secret } = await this.access.addToken(caller, { name: `t${this.given.length}`, scopes: caller.scopes, until: null });
      this.given.push({ secret, kind: 'token', caller: { ...caller, proof: 'token' }, id: token.id, dead: false });
      return;
    }
    if (does === 'revoke' && one.kind === 'token') await this.access.revokeToken(OWNER, one.id);
    else if (does === 'sign out' && one.kind === 'cookie') await this.access.signOut(one.caller);
    else if (does === 'end' && one.kind === 'cookie') await this.access.endSignIn(OWNER, one.id);
    else return;
    one.dead = true;
  }

  #came({ secret, caller }: { readonly secret: string; readonly caller: Caller }): void {
    this.given.push({ secret, kind: 'cookie', caller, id: caller.signIn ?? 0, dead: false });
  }

  #lost({ id }: { readonly id: number }, kind: 'cookie' | 'all'): void {
    for (const one of this.given) if (one.caller.user === id && (kind === 'all' || one.kind === 'cookie')) one.dead = true;
  }

  /** What must hold, whatever was done. */
  #judge(after: Step): void {
    const { access } = this;
    const users = access.users();
    const admins = users.filter(({ role, disabledAt }) => role === 'admin' && disabledAt === null);
    this.#hadAdmin ||= admins.length > 0;
    assert.ok(!this.#hadAdmin || admins.length > 0, `nobody is an admin any more after ${JSON.stringify(after)}`);
    assert.equal(access.setupLink() === null, users.length > 0);
    for (const one of this.given) this.#judgeGiven(one, after);
  }

  #judgeGiven(one: Given, after: Step): void {
    const caller = one.kind === 'cookie' ? byCookie(this.access, one.secret) : byBearer(this.access, one.secret);
    if (caller === null) return;
    assert.ok(!one.dead, `a ${one.kind} that ended opens again after ${JSON.stringify(after)}`);
    const user = this.access.users().find(({ id }) => id === caller.user);
    assert.ok(user?.disabledAt === null, 'whoever comes in is a user who may');
    assert.equal(caller.user, one.caller.user);
    assert.ok(caller.scopes.every((scope) => SCOPES_OF[user.role].includes(scope)));
    assert.ok(this.access.stands(caller));
  }
}

test('law: whatever is done in whatever order, what ended never opens again, nobody may more than their role, and an admin stays', async (t) => {
  let acts = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), async (steps) => {
      const play = new Play(await accessStand({ cost: CHEAP }));
      for (const one of steps) {
        await play.take(one);
        acts++;
      }
      await play.access.stop();
    }),
    { numRuns: 150 },
  );
  t.diagnostic(`${acts} acts`);
});
