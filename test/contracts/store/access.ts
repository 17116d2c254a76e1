import assert from 'node:assert/strict';
import { Fault, type FaultCode, SCOPES } from '../../../src/core/index.ts';
import { DAY, MINUTE, START, signIn, token, user } from '../../make/access.ts';
import type { Tell } from '../store.ts';
import { keeper } from './scene.ts';

const fault = (code: FaultCode) => (thrown: unknown) => thrown instanceof Fault && thrown.code === code && thrown.remedy !== undefined;

const SQL = `'; drop table access_user; -- "ü\u202e`;

export function accessStories(tell: Tell): void {
  tell('users are kept whole, in the order they were made, and changed', async ({ store: { access }, lease }, { reopen }) => {
    assert.deepEqual(await access.users(), []);
    const anna = await access.addUser(user('Anna', { role: 'admin', password: '$argon2id$v=19$x' }), lease);
    const sql = await access.addUser(user(SQL, { subject: `https://idp.example ${SQL}`, disabledAt: START + 1 }), lease);
    assert.deepEqual(await access.users(), [anna, sql]);
    const changed = { ...anna, name: 'anne', role: 'operator', password: null, disabledAt: START + 5 } as const;
    await access.updateUser(changed, lease);
    assert.deepEqual(await access.users(), [changed, sql]);
    await assert.rejects(access.updateUser({ ...anna, id: 99 }, lease), fault('not-found'));
    const again = await reopen?.();
    if (again) assert.deepEqual(await again.access.users(), [changed, sql]);
  });

  tell('a name is given once whatever its case, a subject once', async ({ store: { access }, lease }) => {
    const anna = await access.addUser(user('Anna', { subject: 'idp 1' }), lease);
    const bert = await access.addUser(user('bert'), lease);
    await assert.rejects(access.addUser(user('aNNa'), lease), fault('conflict'));
    await assert.rejects(access.addUser(user('carl', { subject: 'idp 1' }), lease), fault('conflict'));
    await assert.rejects(access.updateUser({ ...bert, name: 'ANNA' }, lease), fault('conflict'));
    await assert.rejects(access.updateUser({ ...bert, subject: 'idp 1' }, lease), fault('conflict'));
    await access.updateUser({ ...anna, name: 'ANNA' }, lease);
    assert.deepEqual(
      (await access.users()).map(({ name }) => name),
      ['ANNA', 'bert'],
    );
  });

  tell('who is removed takes sign-ins and tokens along; the number is never given again', async ({ store: { access }, lease }) => {
    const anna = await access.addUser(user('anna'), lease);
    const bert = await access.addUser(user('bert'), lease);
    await access.addSignIn(signIn(bert.id, 'a'), lease);
    const kept = await access.addSignIn(signIn(anna.id, 'b'), lease);
    await access.addToken(token('of bert', 'c', { user: bert.id }), lease);
    const owners = await access.addToken(token('of the owner', 'd'), lease);
    await access.removeUser(bert.id, lease);
    assert.deepEqual([await access.users(), await access.signIns(START), await access.tokens()], [[anna], [kept], [owners]]);
    await assert.rejects(access.removeUser(bert.id, lease), fault('not-found'));
    assert.ok((await access.addUser(user('bert'), lease)).id > bert.id);
  });

  tell('sign-ins are told until they are over', async ({ store: { access }, lease }, { reopen }) => {
    const { id } = await access.addUser(user('anna'), lease);
    const short = await access.addSignIn(signIn(id, 'short', { until: START + MINUTE, from: null }), lease);
    const long = await access.addSignIn(signIn(id, 'long', { agent: SQL }), lease);
    assert.deepEqual(await access.signIns(START), [short, long]);
    assert.deepEqual(await access.signIns(START + MINUTE), [long]);
    const seen = { ...long, seenAt: START + MINUTE };
    await access.updateSignIns([seen], lease);
    assert.deepEqual(await access.signIns(START + MINUTE), [seen]);
    await access.updateSignIns([{ ...seen, endedAt: START + MINUTE }], lease);
    assert.deepEqual(await access.signIns(START), [short]);
    const again = await reopen?.();
    if (again) assert.deepEqual(await again.access.signIns(START), [short]);
  });

  tell('several sign-ins are ended all or none', async ({ store: { access }, lease }) => {
    const { id } = await access.addUser(user('anna'), lease);
    const one = await access.addSignIn(signIn(id, 'one'), lease);
    const gone = { ...one, id: 99, digest: 'other', endedAt: START };
    await assert.rejects(access.updateSignIns([{ ...one, endedAt: START }, gone], lease), fault('not-found'));
    assert.deepEqual(await access.signIns(START), [one]);
  });

  tell('tokens are kept whole, also those that are over', async ({ store: { access }, lease }, { reopen }) => {
    const { id } = await access.addUser(user('anna'), lease);
    const all = await access.addToken(token(SQL, 'a', { scopes: SCOPES, until: START + DAY }), lease);
    const none = await access.addToken(token('same', 'b', { scopes: [], user: id }), lease);
    assert.deepEqual(await access.tokens(), [all, none]);
    const over = { ...all, usedAt: START + 1, endedAt: START + 2, scopes: ['scan'] } as const;
    await access.updateTokens([over, none], lease);
    assert.deepEqual(await access.tokens(), [over, none]);
    await assert.rejects(
      access.updateTokens(
        [
          { ...none, endedAt: START },
          { ...all, id: 99, digest: 'x' },
        ],
        lease,
      ),
      fault('not-found'),
    );
    const again = await reopen?.();
    if (again) assert.deepEqual(await again.access.tokens(), [over, none]);
  });

  tell('who has lost the lease changes nobody and ends nothing', async ({ store, lease }) => {
    const { access } = store;
    const { id } = await access.addUser(user('anna'), lease);
    const kept = await access.addSignIn(signIn(id, 'a'), lease);
    assert.ok((await store.acquireLease(keeper('second'), START, DAY, 'first')).granted);
    const lost = fault('conflict');
    await assert.rejects(access.addUser(user('bert'), lease), lost);
    await assert.rejects(access.updateUser({ ...user('anna'), id, role: 'admin' }, lease), lost);
    await assert.rejects(access.removeUser(id, lease), lost);
    await assert.rejects(access.addSignIn(signIn(id, 'b'), lease), lost);
    await assert.rejects(access.updateSignIns([{ ...kept, endedAt: START }], lease), lost);
    await assert.rejects(access.addToken(token('t', 'c'), lease), lost);
    await assert.rejects(access.updateTokens([], lease), lost);
    await assert.rejects(access.prune(START + DAY, lease), lost);
    assert.deepEqual(await access.signIns(START), [kept]);
    assert.equal((await access.users())[0]?.role, 'viewer');
  });
}
