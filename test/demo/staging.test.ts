import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Change } from '../../src/core/index.ts';
import { type Demo, startDemo } from '../../src/staging.ts';

/** Some things are only seen by the next look of the schedule, which comes each half minute; the machine may be busy. */
const PATIENCE = 90_000;

/** Waits for something to come true, and gives it. */
async function until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(100)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
  }
  return assert.fail(`${what}: not within ${PATIENCE / 1000} s`);
}

const changesOf = (demo: Demo): Promise<readonly Change[]> => demo.watcher.keeper.changes({ limit: 100_000 });

const changed = (demo: Demo, kind: string, from: number): Promise<Change> =>
  until(kind, async () => (await changesOf(demo)).find((change) => change.kind === kind && change.seq > from));

const lastSeq = async (demo: Demo): Promise<number> => Math.max(0, ...(await changesOf(demo)).map(({ seq }) => seq));

/** What came of a question to the door: its status, and the text. */
function ask(demo: Demo, path: string, token?: string): Promise<{ status: number; text: string }> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const asked = request(`${demo.url}${path}`, { headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.on('error', reject).end();
  });
}

describe('a demo of three days', () => {
  let demo: Demo;
  before(async () => {
    demo = await startDemo({ days: 3, lively: false });
  });
  after(() => demo.close());

  test('is open on 127.0.0.1 for whoever has its token, and for nobody else', async () => {
    assert.match(demo.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal((await ask(demo, '/api/v1/devices', demo.token)).status, 200);
    assert.equal((await ask(demo, '/api/v1/devices')).status, 401);
    assert.ok(readdirSync(demo.folder).includes('rollcall.sock'));
  });

  test('knows the home and the office, each device in its network', async () => {
    const { devices } = demo.watcher.keeper.roll();
    assert.ok(devices.length > 60, `${devices.length} devices`);
    const places = devices.flatMap(({ addresses }) => addresses.map(({ address }) => address));
    for (const prefix of ['192.168.77.', '10.20.30.', '10.20.40.'])
      assert.ok(places.filter((place) => place.startsWith(prefix)).length > 5, prefix);
    for (const place of places) assert.match(place, /^(?:192\.168\.77|10\.20\.[34]0)\.\d+$/);
  });

  test('is trusted by its keeper: no trouble, and no word of the story was refused', async () => {
    assert.deepEqual(demo.watcher.keeper.status().troubles, []);
    const rules = demo.watcher.keeper.rules();
    assert.ok(rules.length > 0);
  });

  test('sees a stranger as soon as one comes, each time another one', async () => {
    const from = await lastSeq(demo);
    await demo.happen('stranger');
    const first = await changed(demo, 'device.appeared', from);
    await demo.happen('stranger');
    const second = await changed(demo, 'device.appeared', first.seq);
    assert.notEqual(first.device, second.device);
  });

  test('sees a port that opens, and that it closes again', async () => {
    const from = await lastSeq(demo);
    await demo.happen('port-opens');
    const opened = await changed(demo, 'port.opened', from);
    assert.match(JSON.stringify(opened.after), /4444/);
    await demo.happen('port-closes');
    const closed = await changed(demo, 'port.closed', opened.seq);
    assert.equal(closed.device, opened.device);
  });

  test('runs a scan that takes a while and can be cancelled', async () => {
    await demo.happen('scan');
    const running = await until('a scan that runs', async () => {
      const scans = await demo.watcher.keeper.scans({ limit: 20 });
      return scans.find(({ outcome, plan }) => outcome === 'running' && plan === 'services');
    });
    await demo.watcher.keeper.cancelScan(running.id);
    await until('its end', async () =>
      (await demo.watcher.keeper.scans({ limit: 20 })).find(({ id, outcome }) => id === running.id && outcome === 'cancelled'),
    );
  });

  test('is blind where the way is cut, calls nobody away for that, and sees again', async () => {
    const from = await lastSeq(demo);
    await demo.happen('cut');
    await changed(demo, 'vantage.blind', from);
    await demo.happen('restore');
    await changed(demo, 'vantage.restored', from);
    const left = (await changesOf(demo)).filter(({ kind, seq }) => kind === 'device.left' && seq > from);
    const yard = demo.watcher.keeper
      .roll()
      .devices.filter(({ addresses }) => addresses.some(({ address }) => address.startsWith('10.20.40.')));
    assert.deepEqual(
      left.filter(({ device }) => yard.some(({ id }) => id === device)),
      [],
    );
  });

  test('refuses what is no happening, and says which there are', async () => {
    await assert.rejects(demo.happen('rain'), { code: 'bad-input', remedy: /stranger, guest/ });
    await assert.rejects(demo.happen('constructor'), { code: 'bad-input' });
  });

  test('wakes a device that sleeps, without a packet', async () => {
    const [device] = demo.watcher.keeper.roll().devices.filter(({ names }) => names.some(({ name }) => name.startsWith('playstation')));
    assert.ok(device, 'there is a playstation');
    const woken = await demo.watcher.keeper.wake(device.id);
    assert.match(JSON.stringify(woken), /192\.168\.77\.255/);
    await until('its presence', async () =>
      demo.watcher.keeper.roll().devices.find(({ id, presence }) => id === device.id && presence === 'present'),
    );
  });

  test('lets nobody be told outside of its folder', async () => {
    const draft = { name: 'outside', kind: 'webhook', options: { url: 'http://192.0.2.1/' } };
    await demo.watcher.keeper.putChannel(draft).then(
      async () => {
        const tried = await demo.watcher.keeper.testChannel('outside').then(
          (result) => JSON.stringify(result),
          (fault: Error) => fault.message,
        );
        assert.match(tried, /a demo tells nobody outside/);
      },
      (fault: Error) => assert.match(fault.message, /outside|192\.0\.2\.1/),
    );
  });
});

describe('demos beside each other', () => {
  test('have a folder, a port and a token each; what happens in one happens in no other', async (t) => {
    const [one, two] = await Promise.all([startDemo({ days: 1, lively: false }), startDemo({ days: 1, lively: false })]);
    t.after(() => Promise.all([one.close(), two.close()]));
    assert.notEqual(one.url, two.url);
    assert.notEqual(one.token, two.token);
    assert.notEqual(one.user.password, two.user.password);
    assert.notEqual(one.folder, two.folder);
    assert.equal((await ask(one, '/api/v1/devices', two.token)).status, 401);
    const [before, other] = [await lastSeq(one), await lastSeq(two)];
    await one.happen('stranger');
    await changed(one, 'device.appeared', before);
    const strange = (await changesOf(two)).filter(({ kind, seq }) => kind === 'device.appeared' && seq > other);
    assert.deepEqual(strange, []);
    await one.close();
    assert.equal(existsSync(one.folder), false, 'its folder is gone');
    assert.equal((await ask(two, '/api/v1/devices', two.token)).status, 200, 'the other one goes on');
  });
});

describe('the folder of a demo', () => {
  test('that somebody chose stays, and is refused when it holds a store', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-demo-test-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const demo = await startDemo({ days: 1, lively: false, folder });
    assert.equal(demo.folder, folder);
    await demo.close();
    assert.ok(existsSync(join(folder, 'rollcall.db')));
    assert.ok(!existsSync(join(folder, 'rollcall.sock')));
    await assert.rejects(startDemo({ days: 1, folder }), { code: 'refused', message: /holds a store already/ });
    assert.equal(readFileSync(join(folder, 'token'), 'utf8').trim(), demo.token);
  });

  test('is not touched when the wish is unusable', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-demo-test-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    for (const days of [0, 31, 1.5, Number.NaN]) await assert.rejects(startDemo({ folder, days }), { code: 'bad-input' });
    assert.deepEqual(readdirSync(folder), []);
  });

  test('that cannot be used says so, and leaves nothing behind', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-demo-test-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'taken'), '');
    await assert.rejects(startDemo({ days: 1, folder: join(folder, 'taken') }));
    assert.deepEqual(readdirSync(folder), ['taken']);
  });
});
