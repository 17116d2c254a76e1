import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { mosquitto, until } from '../make/mosquitto.ts';
import { mirrored, openIncident, pictureOf } from '../make/picture.ts';
import { needs } from '../needs.ts';
import { mirrorOn } from './mqtt-stand.ts';

const DEVICE = 'rollcall/home/device/1/state';
/** Of the test itself: how it learns that it has heard everything. */
const END = 'topic readwrite the/end';

/** A broker with an access list. */
async function listed(t: TestContext, ...rules: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-acl-'));
  t.after(() => rm(folder, { recursive: true }));
  const acl = join(folder, 'acl');
  const write = (...lines: readonly string[]) => writeFile(acl, [END, ...lines, ''].join('\n'));
  await write(...rules);
  const broker = await mosquitto({ lines: [`acl_file ${acl}`] });
  t.after(() => broker.stop());
  return {
    broker,
    async allow(...lines: readonly string[]) {
      await write(...lines);
      broker.reread();
    },
  };
}

describe('a broker that does not take everything', needs('mosquitto'), () => {
  test('what its access list drops is a trouble, each kind of topic once, until it is let through; the rest is shown', async (t) => {
    const rest = ['topic readwrite rollcall/home/#', 'topic readwrite homeassistant/status'];
    const { broker, allow } = await listed(t, ...rest, 'topic deny rollcall/home/device/#');
    const { mirror, troubles, notes } = mirrorOn(t, { url: broker.url });
    const devices = Array.from({ length: 30 }, (_, i) => mirrored(i + 1));
    mirror.show(pictureOf({ devices }));
    await until('the trouble', () => troubles.length > 0);
    assert.deepEqual(troubles, [
      `${mirror.name}: it does not let us publish there: homeassistant/+/rollcall_home/#, rollcall/home/device/# (let our user write there)`,
    ]);
    const kept = await broker.kept('rollcall/home/#');
    assert.deepEqual(
      [kept.get('rollcall/home/status'), kept.get('rollcall/home/person/anna/state'), kept.has(DEVICE)],
      ['online', 'home', false],
    );
    for (let i = 0; i < 5; i++) mirror.show(pictureOf({ devices: [...devices, mirrored(40 + i)], groups: [] }));
    await until('a group to be gone', async () => !(await broker.kept('rollcall/home/#')).has('rollcall/home/group/family/state'));
    assert.equal(troubles.length, 1, 'said once');
    assert.deepEqual(notes.filter((note) => note.startsWith('warn')).length, 1, notes.join('\n'));
    await allow(...rest, 'topic readwrite homeassistant/#');
    await until('no trouble', () => troubles.at(-1) === null);
    const shown = await broker.kept('#');
    for (const { id } of [...devices, mirrored(44)])
      assert.ok(
        shown.has(`rollcall/home/device/${id}/state`) && shown.has(`homeassistant/device_tracker/rollcall_home/device_${id}/config`),
        `device ${id}`,
      );
    assert.ok(!shown.has('rollcall/home/device/40/state'), 'what went meanwhile does not come');
  });

  test('who may only write is shown, and told that what is gone may stay', async (t) => {
    const { broker, allow } = await listed(
      t,
      'topic write rollcall/home/#',
      'topic write homeassistant/#',
      'topic deny rollcall/home/echo',
    );
    const { mirror, troubles } = mirrorOn(t, { url: broker.url });
    mirror.show(pictureOf());
    await until('the trouble', () => troubles.length > 0);
    assert.deepEqual(troubles, [
      `${mirror.name}: it does not tell what it keeps of us: rollcall/home/echo (let our user read and write there, else what is gone may stay in Home Assistant)`,
    ]);
    await allow('topic read #', 'topic readwrite the/end');
    await until('what is kept', async () => (await broker.kept('rollcall/#')).get(DEVICE) === 'home');
  });

  test('a broker that lets us listen and then says nothing is asked once, and told of for as long as we show something there', async (t) => {
    const { broker } = await listed(t, 'topic write rollcall/home/#', 'topic write homeassistant/#');
    const { mirror, troubles } = mirrorOn(t, { url: broker.url });
    mirror.show(pictureOf());
    await until('what stays', () => troubles.length > 1, 30_000);
    assert.deepEqual(
      troubles.map((text) => text?.slice(mirror.name.length + 2)),
      [
        'it does not tell what it keeps in 10 s',
        'it does not tell what it keeps of us: rollcall/home/echo (let our user read and write there, else what is gone may stay in Home Assistant)',
      ],
    );
  });

  test('an event and that we are there are told of as the rest, and nothing comes to a stop', async (t) => {
    const most = ['topic readwrite homeassistant/#', 'topic readwrite rollcall/home/#'];
    const { broker, allow } = await listed(t, ...most, 'topic deny rollcall/home/status', 'topic deny rollcall/home/event');
    const { mirror, troubles } = mirrorOn(t, { url: broker.url });
    mirror.show(pictureOf());
    await until('the trouble', () => troubles.length > 0);
    mirror.show(pictureOf({ incidents: [openIncident(1)] }));
    await until('the other one', () => troubles.length > 1);
    assert.match(troubles[1] ?? '', /: rollcall\/home\/event, rollcall\/home\/status \(let our user write there\)$/);
    await allow(...most);
    await until('us to be online', async () => (await broker.kept('rollcall/#')).get('rollcall/home/status') === 'online');
    mirror.show(pictureOf({ incidents: [openIncident(1), openIncident(2)] }));
    await until('no trouble', () => troubles.at(-1) === null);
  });

  test('a message that is longer than a broker takes is left out rather than that we are cut off', async (t) => {
    const broker = await mosquitto({ lines: ['max_packet_size 400'] });
    t.after(() => broker.stop());
    const { mirror, troubles } = mirrorOn(t, { url: broker.url, discovery: null });
    mirror.show(
      pictureOf({ devices: [mirrored(1, { groups: Array.from({ length: 12 }, (_, i) => `group-of-things-${i}`) }), mirrored(2)] }),
    );
    await until('the trouble', () => troubles.length > 0);
    assert.match(troubles[0] ?? '', /it takes no messages of more than 400 bytes: rollcall\/home\/device\/#/);
    const kept = await broker.kept('rollcall/#');
    assert.deepEqual([kept.get(DEVICE), kept.get('rollcall/home/status')], ['home', 'online']);
  });

  test('a broker with little room at once is not sent more', async (t) => {
    const broker = await mosquitto({ lines: ['max_inflight_messages 2', 'max_queued_messages 1'] });
    t.after(() => broker.stop());
    const { mirror, shown, troubles } = mirrorOn(t, { url: broker.url });
    mirror.show(pictureOf({ devices: Array.from({ length: 300 }, (_, i) => mirrored(i + 1)) }));
    await shown();
    assert.deepEqual(troubles, [null]);
    assert.equal((await broker.kept('rollcall/home/status')).get('rollcall/home/status'), 'online');
  });
});
