import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byCookie, CHEAP, fault, OTHER, PASSWORD, setUpStand, signedIn, whence } from '../../test/make/access-stand.ts';
import type { Access } from './index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const wrong = (access: Access, name: string, from = whence.from as string) =>
  access.signIn({ ...whence, from, name, password: 'surely not the one' });

/** What strangers are told. */
const told = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'in',
    ({ code, message, remedy }: { code: string; message: string; remedy: string }) => JSON.stringify([code, message, remedy]),
  );

test('a user signs in by name, whatever its case, and the password as it is', async () => {
  const { access } = await setUpStand();
  const { caller, secret } = await signedIn(access, 'ANNA');
  assert.match(secret, /^rcs_[\w-]{43}$/, '256 bits');
  assert.deepEqual([caller.name, caller.proof, caller.signIn], ['anna', 'sign-in', 2]);
  await assert.rejects(signedIn(access, 'anna', PASSWORD.toUpperCase()), fault('refused'));
  await assert.rejects(signedIn(access, 'anna', `${PASSWORD} `), fault('refused'));
  await assert.rejects(signedIn(access, 'anna', ''), fault('refused'));
});

test('S17: hostile names and passwords are wrong ones, told nothing, and cost no more', async () => {
  const { access, clock } = await setUpStand();
  const first = await told(wrong(access, 'anna'));
  const names = [
    'аnna',
    'anna\0',
    "anna' or '1'='1",
    '__proto__',
    'constructor',
    '',
    'n'.repeat(1_000_000),
    '\u202eanna',
    'owner',
    'local',
  ];
  for (const name of names) assert.equal(await told(wrong(access, name)), first, JSON.stringify(name.slice(0, 20)));
  await clock.pass(DAY);
  for (const password of ['p'.repeat(1_000_000), '\0', `${PASSWORD}\0`, '\ud800', PASSWORD.repeat(13)]) {
    await clock.pass(HOUR);
    assert.equal(await told(access.signIn({ ...whence, name: 'anna', password })), first, JSON.stringify(password.slice(0, 20)));
  }
});

test('a password of 256 characters is right only whole', async () => {
  const { access } = await setUpStand();
  const long = `${PASSWORD} ${'ab3'.repeat(90)}`.slice(0, 256);
  await access.addUser({ name: 'bert', role: 'viewer', password: long });
  assert.equal((await signedIn(access, 'bert', long)).caller.name, 'bert');
  await assert.rejects(signedIn(access, 'bert', `${long}x`), fault('refused'));
});

test('the same characters typed on another keyboard are the same password', async () => {
  const { access } = await setUpStand();
  await access.addUser({ name: 'bert', role: 'viewer', password: 'zwölf Überseekisten'.normalize('NFC') });
  assert.equal((await signedIn(access, 'bert', 'zwölf Überseekisten'.normalize('NFD'))).caller.name, 'bert');
});

test('S17: after five wrong passwords even the right one waits a quarter of an hour; whether there is such a user shows nowhere', async () => {
  const { access, clock } = await setUpStand();
  await access.addUser({ name: 'bert', role: 'viewer', password: OTHER });
  const answers = new Map<string, string[]>([
    ['anna', []],
    ['nobody-here', []],
  ]);
  for (const [name, all] of answers) for (let count = 0; count < 7; count++) all.push(await told(wrong(access, name)));
  assert.deepEqual(answers.get('anna'), answers.get('nobody-here'));
  assert.deepEqual(
    answers.get('anna')?.map((text) => /too often/.test(text)),
    [false, false, false, false, false, true, true],
  );
  assert.match(await told(signedIn(access, 'anna')), /too often.*try again in 15m/);
  assert.equal(await told(signedIn(access, 'bert', OTHER)), 'in', 'others at this address are not kept out');
  assert.equal(
    await told(access.signIn({ ...whence, from: '192.0.2.8', name: 'anna', password: PASSWORD })),
    'in',
    'nor is anna elsewhere',
  );
  await clock.pass(15 * MINUTE - 1);
  assert.match(await told(signedIn(access, 'anna')), /too often/);
  await clock.pass(1);
  assert.equal(await told(signedIn(access, 'anna')), 'in');
});

test('S17: a hundred guesses at once are five', async () => {
  const { access } = await setUpStand();
  const all = await Promise.all(Array.from({ length: 100 }, () => told(wrong(access, 'anna'))));
  assert.equal(all.filter((text) => text.includes('not right')).length, 5);
  assert.ok(all.every((text) => /not right|just now|too often/.test(text)));
  assert.match(await told(signedIn(access, 'anna')), /too often/);
});

test('S17: ten thousand guesses in a day are fifty, and keep nobody out elsewhere', async () => {
  const { access, clock } = await setUpStand();
  let checked = 0;
  for (let count = 0; count < 10_000; count++) {
    await clock.pass(DAY / 10_000);
    if ((await told(wrong(access, 'anna'))).includes('not right')) checked++;
    if (count % 1000 === 0)
      assert.equal(await told(access.signIn({ ...whence, from: '192.0.2.8', name: 'anna', password: PASSWORD })), 'in');
  }
  assert.ok(checked >= 30 && checked <= 50, `${checked} were looked at`);
  await access.stop();
  const kept = await access.audit({ limit: 1000, operation: 'access.signIn' });
  assert.equal(kept.filter(({ outcome }) => outcome === 'refused').length, checked, 'what is not even looked at fills no store');
});

test('S17: the answer takes as long for a name nobody has', async (t) => {
  const { access } = await setUpStand({ cost: { memory: 2048, passes: 1, lanes: 1 } });
  const time = async (name: string, at: number): Promise<number> => {
    const began = performance.now();
    await told(wrong(access, name, `192.0.2.${at}`));
    return performance.now() - began;
  };
  const [known, unknown]: [number[], number[]] = [[], []];
  for (let at = 1; at <= 41; at++) {
    known.push(await time('anna', at));
    unknown.push(await time(`nobody-${at}`, at + 100));
  }
  const median = (all: number[]): number => all.toSorted((a, b) => a - b)[20] ?? 0;
  t.diagnostic(`median ${median(known).toFixed(2)} ms known, ${median(unknown).toFixed(2)} ms unknown`);
  assert.ok(Math.abs(median(known) - median(unknown)) < 10);
});

test('who may not come in, or only elsewhere, is told what strangers are', async () => {
  const { access, clock } = await setUpStand();
  const first = await told(wrong(access, 'anna'));
  await access.addUser({ name: 'bert', role: 'viewer', password: OTHER });
  await access.editUser('bert', { disabled: true });
  assert.equal(await told(signedIn(access, 'bert', OTHER)), first);
  const elsewhere = { ...whence, issuer: 'https://idp.example', subject: '7', name: 'carl', role: 'viewer' } as const;
  await access.signInElsewhere(elsewhere);
  assert.equal(await told(signedIn(access, 'carl', '')), first);
  await clock.pass(HOUR);
  await access.editUser('bert', { disabled: false });
  assert.equal(await told(signedIn(access, 'bert', OTHER)), 'in');
});

test('S18: of two hundred who sign in at once some are sent away, and all others are answered', async () => {
  const { access } = await setUpStand();
  const all = Array.from({ length: 200 }, (_, at) => told(wrong(access, `user${at}`, `198.51.100.${at}`)));
  const answers = await Promise.all(all);
  const busy = answers.filter((text) => text.includes('"unavailable"'));
  assert.equal(busy.length, 98, 'two at work, a hundred wait');
  assert.match(busy[0] ?? '', /try again/);
  assert.equal(await told(signedIn(access, 'anna')), 'in');
  assert.match(await told(wrong(access, 'user199', '198.51.100.199')), /not right/, 'who was sent away has not failed');
});

test('a password proved at an old cost is proved at the new one from then on', async () => {
  const { access, again, store } = await setUpStand();
  const before = (await store.access.users())[0]?.password;
  const stronger = await again({ cost: { ...CHEAP, passes: 2 } });
  await assert.rejects(wrong(stronger, 'anna'), fault('refused'));
  assert.equal((await store.access.users())[0]?.password, before);
  await signedIn(stronger, 'anna');
  const after = (await store.access.users())[0]?.password ?? '';
  assert.match(after, /t=2/);
  await signedIn(stronger, 'anna');
  assert.equal((await store.access.users())[0]?.password, after);
  await access.stop();
});

test('S19: a password that was changed while the old one was checked lets nobody in', async () => {
  const { access } = await setUpStand({ cost: { memory: 4096, passes: 4, lanes: 1 } });
  await access.addUser({ name: 'bert', role: 'admin', password: OTHER });
  const edit = access.editUser('anna', { disabled: true });
  const late = told(signedIn(access, 'anna'));
  await edit;
  assert.match(await late, /not right/);
});

test('who is refused is in the audit, and no text of theirs that may be a password', async () => {
  const { access, clock } = await setUpStand();
  await assert.rejects(wrong(access, 'anna'));
  await assert.rejects(wrong(access, PASSWORD));
  await signedIn(access, 'anna');
  await access.stop();
  const all = await access.audit({ limit: 10 });
  assert.deepEqual(
    all.map(({ who, outcome, operation, named }) => [who, outcome, operation, named]),
    [
      ['anna', 'done', 'access.signIn', ''],
      [null, 'refused', 'access.signIn', 'a name that nobody has'],
      [null, 'refused', 'access.signIn', 'user anna'],
      ['anna', 'done', 'access.setup', 'user anna'],
    ],
  );
  assert.ok(all.every(({ at, from }) => at === clock.now() && from === '192.0.2.7'));
  assert.doesNotMatch(JSON.stringify(all), new RegExp(`${PASSWORD}|surely`));
});

test('S19: each sign-in has a secret of its own; signing out ends that one only, at once', async () => {
  const { access, anna } = await setUpStand();
  const other = await signedIn(access, 'anna');
  assert.notEqual(other.secret, anna.secret);
  await access.signOut(other.caller);
  assert.equal(byCookie(access, other.secret), null);
  assert.equal(byCookie(access, anna.secret)?.name, 'anna');
  await access.signOut(other.caller);
  assert.equal((await access.audit({ limit: 10 })).filter(({ operation }) => operation === 'access.signOut').length, 1);
});

test('whoever signs in without end has fifty sign-ins: the one that was used longest ago makes way', async () => {
  const { access, anna, clock, store } = await setUpStand();
  const all = [anna.secret];
  for (let count = 0; count < 50; count++) {
    await clock.pass(MINUTE);
    all.push((await signedIn(access, 'anna')).secret);
  }
  assert.equal(byCookie(access, all[0] ?? ''), null);
  assert.ok(all.slice(1).every((secret) => byCookie(access, secret) !== null));
  assert.equal((await store.access.signIns(clock.now())).length, 50);
});
