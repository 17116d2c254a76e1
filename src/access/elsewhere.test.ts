import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessStand, byCookie, fault, setUpStand, whence } from '../../test/make/access-stand.ts';
import { SCOPES_OF } from '../core/index.ts';
import type { ElsewhereOrder } from './index.ts';

const order = (more: Partial<ElsewhereOrder> = {}): ElsewhereOrder => ({
  ...whence,
  issuer: 'https://idp.example',
  subject: '248289761001',
  name: 'carl',
  role: 'operator',
  ...more,
});

test('whoever an identity provider knows is in, as what it says, and the same one next time', async () => {
  const { access } = await setUpStand();
  const first = await access.signInElsewhere(order());
  assert.deepEqual([first.caller.name, first.caller.scopes, first.caller.proof], ['carl', SCOPES_OF.operator, 'sign-in']);
  assert.deepEqual(byCookie(access, first.secret), first.caller);
  const second = await access.signInElsewhere(order({ name: 'called otherwise now' }));
  assert.deepEqual([second.caller.user, second.caller.name], [first.caller.user, 'carl']);
  assert.notEqual(second.secret, first.secret);
  assert.equal(access.users()[1]?.password, null);
});

test('nobody becomes another by being called so elsewhere, or by another provider’s numbers', async () => {
  const { access, anna } = await setUpStand();
  const carl = await access.signInElsewhere(order());
  const others = [
    await access.signInElsewhere(order({ subject: 'x', name: 'anna' })),
    await access.signInElsewhere(order({ issuer: 'https://evil.example' })),
    await access.signInElsewhere(order({ subject: 'y', name: 'ANNA' })),
  ];
  assert.deepEqual(
    others.map(({ caller }) => caller.name),
    ['anna-2', 'carl-2', 'ANNA-3'],
  );
  const ids = [anna, carl, ...others].map(({ caller }) => caller.user);
  assert.equal(new Set(ids).size, 5);
});

test('whatever it is called there, it has a name here', async () => {
  const { access } = await setUpStand();
  const names: string[] = [];
  const wishes = [
    'Jürgen Müller',
    'm@example.org',
    '',
    '\u001b[2J\u202e',
    '王小明',
    'owner',
    '-',
    'x'.repeat(100_000),
    '../../etc',
    "o'; drop--",
  ];
  for (const [at, name] of wishes.entries())
    names.push((await access.signInElsewhere(order({ subject: `s${at}`, name }))).caller.name ?? '');
  assert.deepEqual(names, ['Jurgen-Muller', 'm@example.org', 'user', '2J', 'user-2', 'user-3', 'user-4', 'x'.repeat(56), 'etc', 'o-drop']);
});

test('what is no subject lets nobody in', async () => {
  const { access } = await setUpStand();
  const odd: Partial<ElsewhereOrder>[] = [
    { subject: '' },
    { issuer: '' },
    { issuer: 'https://idp.example x' },
    { subject: 'a\nb' },
    { subject: '\0' },
    { subject: 'x'.repeat(10_000) },
  ];
  for (const one of odd) await assert.rejects(access.signInElsewhere(order(one)), fault('bad-input'));
  assert.equal(access.users().length, 1);
});

test('who is disabled here stays out, whatever the provider says; so does who would leave nobody as an admin', async () => {
  const { access } = await setUpStand();
  const { secret } = await access.signInElsewhere(order());
  await access.editUser('carl', { disabled: true });
  assert.equal(byCookie(access, secret), null);
  await assert.rejects(access.signInElsewhere(order({ role: 'admin' })), fault('refused', /may not come in here/));
  await access.editUser('carl', { disabled: false });
  assert.ok(await access.signInElsewhere(order({ role: 'admin' })));
  await access.removeUser('anna');
  await assert.rejects(access.signInElsewhere(order({ role: 'viewer' })), fault('conflict', /nobody else is an admin/));
  assert.equal(access.users()[0]?.role, 'admin');
});

test('S19: what the provider says anew ends what was begun before', async () => {
  const { access } = await setUpStand();
  const before = await access.signInElsewhere(order());
  const same = await access.signInElsewhere(order());
  assert.ok(byCookie(access, before.secret));
  const less = await access.signInElsewhere(order({ role: 'viewer' }));
  assert.deepEqual([byCookie(access, before.secret), byCookie(access, same.secret), access.stands(before.caller)], [null, null, false]);
  assert.deepEqual(byCookie(access, less.secret)?.scopes, ['read']);
});

test('one who comes twice at once is one user', async () => {
  const { access } = await accessStand();
  const both = await Promise.all([access.signInElsewhere(order()), access.signInElsewhere(order())]);
  assert.equal(both[0]?.caller.user, both[1]?.caller.user);
  assert.equal(access.users().length, 1);
  assert.equal(access.setupLink(), null);
});

test('coming in elsewhere is in the audit, and so is being refused', async () => {
  const { access } = await setUpStand();
  await access.signInElsewhere(order());
  await access.editUser('carl', { disabled: true });
  await assert.rejects(access.signInElsewhere(order()));
  await access.stop();
  const all = (await access.audit({ limit: 10 })).filter(({ operation }) => operation === 'access.signInElsewhere');
  assert.deepEqual(
    all.map(({ who, outcome, named }) => [who, outcome, named]),
    [
      [null, 'refused', 'subject "248289761001" of "https://idp.example"'],
      ['carl', 'done', ''],
    ],
  );
});
