import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { COST } from '../../src/access/passwords.ts';
import { accessStand, OTHER, PASSWORD } from '../make/access-stand.ts';
import { fakeKeeper } from './fake-keeper.ts';
import { openDoor, type Reply } from './open-door.ts';
import { askAsPage, cookieOf, realDoor, SETUP, SIGN_IN } from './real-door.ts';

const PROXY = ['127.0.0.1'];
const MINUTE = 60_000;

/** A caller from elsewhere, as a proxy that is believed tells of them. */
const from = (address: string) => ({ 'x-forwarded-for': address });

/** All that can be seen of an answer, but for when it was given. */
const seen = ({ status, headers: { date: _, ...headers }, text }: Reply): string => JSON.stringify([status, headers, text]);

suite('S17: guesses', () => {
  test('a thousand guesses: five are looked at, then it waits; nobody else does, and all are answered alike', async (t) => {
    await using door = await realDoor({}, { proxies: PROXY });
    await door.access.addUser({ name: 'bert', role: 'viewer', password: OTHER });
    await door.access.addUser({ name: 'carl', role: 'viewer', password: OTHER });
    await door.access.editUser('carl', { disabled: true });
    const guess = (name: string, address: string, password = 'surely not the one') =>
      door.page(SIGN_IN, { headers: from(address), say: { name, password } });
    const names = ['anna', 'bert', 'carl', 'nobody-here'];
    const answers = new Map<string, string[]>(names.map((name) => [name, []]));
    for (const [at, name] of names.entries())
      for (let count = 0; count < 8; count++) answers.get(name)?.push(seen(await guess(name, `192.0.2.${at + 1}`)));
    for (const name of names) assert.deepEqual(answers.get(name), answers.get('anna'), name);
    const began = performance.now();
    const statuses = new Map<number, number>();
    for (let batch = 0; batch < 10; batch++) {
      const all = await Promise.all(Array.from({ length: 100 }, () => guess('bert', '192.0.2.77')));
      for (const { status } of all) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      await door.clock.pass(1000);
    }
    t.diagnostic(`${Math.round(performance.now() - began)} ms, by status ${JSON.stringify([...statuses])}`);
    await door.access.stop();
    const kept = await door.access.audit({ limit: 1000, operation: 'access.signIn' });
    assert.equal(kept.filter(({ from: where }) => where === '192.0.2.77').length, 5, 'no more than five were looked at');
    assert.equal(statuses.get(200), undefined);
    assert.notEqual((await guess('bert', '192.0.2.77', OTHER)).status, 200, 'the right one waits, too');
    for (const [name, address, password] of [
      ['anna', '192.0.2.77', PASSWORD],
      ['bert', '192.0.2.78', OTHER],
    ] as const)
      assert.equal((await guess(name, address, password)).status, 200, `${name} from ${address}`);
    await door.clock.pass(15 * MINUTE);
    assert.equal((await guess('bert', '192.0.2.77', OTHER)).status, 200);
  });

  test('an address that a caller makes up does not give it five more tries', async () => {
    await using door = await realDoor();
    for (let count = 0; count < 5; count++)
      await door.page(SIGN_IN, { headers: from(`198.51.100.${count}`), say: { name: 'anna', password: 'surely not the one' } });
    const { status } = await door.page(SIGN_IN, { headers: from('198.51.100.99'), say: { name: 'anna', password: PASSWORD } });
    assert.notEqual(status, 200);
  });

  test('how long it takes tells not whether there is such a user', async (t) => {
    await using door = await realDoor({ cost: { memory: 2048, passes: 1, lanes: 1 } }, { proxies: PROXY });
    await door.access.addUser({ name: 'carl', role: 'viewer', password: OTHER });
    await door.access.editUser('carl', { disabled: true });
    const took = new Map<string, number[]>(['anna', 'carl', 'nobody'].map((name) => [name, []]));
    for (let count = 0; count < 41; count++)
      for (const [at, [name, all]] of [...took].entries()) {
        const began = performance.now();
        await door.page(SIGN_IN, { headers: from(`10.${at}.0.${count}`), say: { name, password: 'surely not the one' } });
        all.push(performance.now() - began);
      }
    const medians = [...took].map(([name, all]) => [name, all.toSorted((a, b) => a - b)[20] ?? 0] as const);
    t.diagnostic(medians.map(([name, median]) => `${name} ${median.toFixed(2)} ms`).join(', '));
    const only = medians.map(([, median]) => median);
    assert.ok(Math.max(...only) - Math.min(...only) < 10);
  });
});

suite('S16: the link that sets up', () => {
  const HALF_AN_HOUR = 30 * MINUTE;
  const order = (secret: string, name: string) => ({ say: { secret, name, password: PASSWORD } });

  /** A house nobody has set up, and its link. */
  async function unset() {
    const stand = await accessStand();
    const open = await openDoor({ keeper: fakeKeeper(), access: stand.access });
    const use = (secret: string, name = 'anna') => askAsPage(open, SETUP, order(secret, name));
    const secret = stand.access.setupLink()?.secret ?? '';
    return { ...stand, open, use, secret, [Symbol.asyncDispose]: () => open[Symbol.asyncDispose]() };
  }

  test('of fifty who use it at once one is let in, and nobody after', async () => {
    await using house = await unset();
    const all = await Promise.all(Array.from({ length: 50 }, (_, at) => house.use(house.secret, `user${at}`)));
    const [first, ...others] = all.filter(({ status }) => status === 200);
    assert.ok(first !== undefined && others.length === 0, `${others.length + 1} were let in`);
    assert.equal(all.filter((reply) => cookieOf(reply) !== undefined).length, 1);
    assert.equal(house.access.users().length, 1);
    assert.ok((await house.use(house.secret)).status >= 400);
    assert.equal(house.access.setupLink(), null);
  });

  test('one that is over, cut, of another start, or made up lets nobody in', async () => {
    await using house = await unset();
    const later = await house.again();
    const made = [
      '',
      'rcl_',
      house.secret.slice(0, -1),
      `${house.secret}A`,
      house.secret.toUpperCase(),
      'rcl_AAAAAAAAAAAAAAAAAAAAAA',
      '__proto__',
    ];
    for (const secret of [...made, later.setupLink()?.secret ?? '']) assert.ok((await house.use(secret)).status >= 400, secret);
    await house.clock.pass(HALF_AN_HOUR);
    assert.ok((await house.use(house.secret)).status >= 400);
    const fresh = house.access.setupLink()?.secret ?? '';
    assert.notEqual(fresh, house.secret);
    assert.ok((await house.use(house.secret)).status >= 400);
    assert.deepEqual(house.access.users(), []);
    assert.equal((await house.use(fresh)).status, 200);
  });

  test('nobody over TCP is told the link, whatever they show', async () => {
    await using house = await unset();
    for (const headers of [{}, { authorization: `Bearer ${house.secret}` }, { cookie: `rollcall=${house.secret}` }]) {
      const reply = await askAsPage(house.open, '/api/v1/access/link', { headers, say: {} });
      assert.deepEqual([reply.status, reply.text.includes('rcl_')], [401, false]);
    }
    await using door = await realDoor();
    const reply = await door.page('/api/v1/access/link', { cookie: door.anna, say: {} });
    assert.deepEqual([reply.status, reply.text.includes('rcl_')], [403, false]);
  });
});

suite('S18: many who sign in at once', () => {
  test('two hundred at what a password costs: memory stays, and others are answered', async (t) => {
    await using door = await realDoor({ cost: COST }, { proxies: PROXY });
    const before = process.memoryUsage.rss();
    const [waits, sizes]: [number[], number[]] = [[], []];
    let over = false;
    const all = Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        door.page(SIGN_IN, { headers: from(`10.9.0.${at}`), say: { name: `user${at}`, password: 'no' } }),
      ),
    ).finally(() => {
      over = true;
    });
    while (!over) {
      const began = performance.now();
      assert.equal((await door.page('/api/v1/status', { cookie: door.anna })).status, 200);
      waits.push(performance.now() - began);
      sizes.push(process.memoryUsage.rss());
    }
    const statuses = new Set((await all).map(({ status }) => status));
    const p95 = waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? Infinity;
    const grown = Math.round((Math.max(...sizes) - before) / 1024 ** 2);
    t.diagnostic(`p95 ${p95.toFixed(0)} ms of ${waits.length}, grown by ${grown} MB, statuses ${[...statuses]}`);
    assert.ok(p95 < 500, `p95 ${p95} ms`);
    assert.ok(grown <= 300, `${grown} MB`);
    assert.ok([...statuses].every((status) => [401, 403, 429, 503].includes(status)));
  });
});
