import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setUpStand, whence } from '../../test/make/access-stand.ts';
import { nobodyFrom, OWNER } from '../core/index.ts';

const refused = { operation: 'devices.list', named: '', outcome: 'refused' } as const;

test('who did what, from where and how it ended is kept', async () => {
  const { access, anna, clock } = await setUpStand();
  await access.record({ caller: anna.caller, operation: 'rules.put', named: 'name=night', outcome: 'failed' });
  await access.record({ caller: OWNER, operation: 'backup', named: '', outcome: 'done' });
  const [owner, failed] = await access.audit({ limit: 2 });
  assert.deepEqual([owner?.who, owner?.user, owner?.proof, owner?.from], ['owner', null, 'socket', null]);
  const what = { operation: 'rules.put', named: 'name=night', outcome: 'failed' };
  assert.deepEqual(failed, { id: 2, at: clock.now(), who: 'anna', user: 1, proof: 'sign-in', from: whence.from, ...what });
});

test('S5: what is kept is one short line without anything that moves a cursor', async () => {
  const { access, anna } = await setUpStand();
  const hostile = `\u001b[2J\r\n\u202e\0${'ü'.repeat(10_000)}`;
  await access.record({ caller: { ...anna.caller, name: hostile, from: hostile }, operation: hostile, named: hostile, outcome: 'done' });
  const [entry] = await access.audit({ limit: 1 });
  assert.doesNotMatch(JSON.stringify(entry), /\\u00|\\r|\\n|\u202e/);
  assert.ok(JSON.stringify(entry).length < 1000);
});

test('a flood of strangers fills no store: so many are kept each minute, of the others how many there were', async () => {
  const { access, clock, anna } = await setUpStand();
  for (let count = 0; count < 500; count++) await access.record({ caller: nobodyFrom('198.51.100.1'), ...refused });
  assert.equal((await access.audit({ limit: 1000, operation: 'devices.list' })).length, 60);
  await access.record({ caller: anna.caller, ...refused });
  assert.equal((await access.audit({ limit: 1, who: 'anna' }))[0]?.operation, 'devices.list', 'who is known is always kept');
  await clock.pass(60_000);
  await access.record({ caller: nobodyFrom('198.51.100.2'), ...refused });
  const [newest, missed] = await access.audit({ limit: 2 });
  assert.deepEqual([newest?.from, missed?.named], ['198.51.100.2', '440 more refusals within a minute']);
  await clock.pass(60_000);
  await access.record({ caller: nobodyFrom('198.51.100.3'), ...refused });
  assert.equal((await access.audit({ limit: 2 }))[1]?.from, '198.51.100.2', 'nothing was left out since');
});

test('what cannot be kept is logged, and stops nobody', async () => {
  const { store, again, lines, anna } = await setUpStand();
  const access = await again({ store: { ...store.access, addAudit: () => Promise.reject(new Error('disk full')) } });
  await access.record({ caller: anna.caller, operation: 'rules.put', named: 'name=night', outcome: 'done' });
  assert.match(lines.join(), /could not be kept in the audit .*rules\.put.*disk full/);
  await access.signOut(anna.caller);
  assert.equal(access.signIns(OWNER).length, 0);
});
