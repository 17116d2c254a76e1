import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type BrokerDouble, mosquitto, until } from '../make/mosquitto.ts';
import { mirrored, openIncident, pictureOf } from '../make/picture.ts';
import { needs } from '../needs.ts';
import { mirrorOn } from './mqtt-stand.ts';

const NEVER = new AbortController().signal;
const PICTURE = pictureOf({ incidents: [openIncident(1)] });

describe('what stood at the old place', needs('mosquitto'), () => {
  let broker: BrokerDouble;
  let other: BrokerDouble;
  let nth = 0;
  before(async () => {
    [broker, other] = await Promise.all([mosquitto(), mosquitto()]);
  });
  after(() => Promise.all([broker.stop(), other.stop()]));
  /** A corner of the broker that no other test has. */
  const corner = () => {
    nth++;
    return { url: broker.url, topic: `t${nth}`, discovery: `ha${nth}` };
  };
  const keptOf = async (at: BrokerDouble, { topic, discovery }: { topic: string; discovery: string }): Promise<readonly string[]> =>
    [...(await at.kept('#')).keys()].filter((where) => where.startsWith(`${topic}/`) || where.startsWith(`${discovery}/`));

  test('is gone whole, in Home Assistant first, when it is shown elsewhere or nowhere; what others keep there stays', async (t) => {
    for (const next of [{ topic: 'moved' }, null]) {
      const at = corner();
      const { mirror, shown } = mirrorOn(t, at);
      mirror.show(PICTURE);
      await shown();
      const stranger = await broker.subscriber(`${at.topic}/#`, `${at.discovery}/#`);
      await stranger.send(`${at.topic}/home/garden/light`, 'ON', true);
      await until('what is kept', () => stranger.board.size > 20);
      const before = stranger.got.length;
      const coming = next && mirrorOn(t, { ...at, ...next });
      assert.equal(await mirror.clear(coming?.mirror ?? null, NEVER), null);
      assert.deepEqual(await keptOf(broker, at), [`${at.topic}/home/garden/light`]);
      await until('the end', () => stranger.board.size === 1);
      const gone = stranger.got.slice(before).map(({ topic }) => topic);
      const first = (part: string): number => gone.findIndex((topic) => topic.includes(part));
      assert.ok(first('device_2/config') >= 0 && first('device_2/config') < first('home/device/2/state'), gone.join());
      assert.equal(gone.at(-1), `${at.topic}/home/status`);
    }
  });

  test('stays where the same is shown again: with another password, by another port of the broker', async (t) => {
    const at = corner();
    const { mirror, shown } = mirrorOn(t, at);
    mirror.show(PICTURE);
    await shown();
    const before = await keptOf(broker, at);
    const coming = mirrorOn(t, { ...at, url: 'mqtts://me:other@127.0.0.1:8883' });
    assert.equal(await mirror.clear(coming.mirror, NEVER), null);
    assert.deepEqual(await keptOf(broker, at), before);
    assert.equal((await broker.kept('#')).get(`${at.topic}/home/status`), 'offline');
  });

  test('is gone from Home Assistant alone where only that is told elsewhere', async (t) => {
    const at = corner();
    const { mirror, shown } = mirrorOn(t, at);
    mirror.show(PICTURE);
    await shown();
    const before = (await keptOf(broker, at)).filter((topic) => topic.startsWith(`${at.topic}/`));
    assert.equal(await mirror.clear(mirrorOn(t, { ...at, discovery: null }).mirror, NEVER), null);
    assert.deepEqual(await keptOf(broker, at), before);
  });

  test('is gone from a broker that is left for another, and the other one shows it', async (t) => {
    const at = corner();
    const { mirror, shown } = mirrorOn(t, at);
    mirror.show(PICTURE);
    await shown();
    const coming = mirrorOn(t, { ...at, url: other.url });
    assert.equal(await mirror.clear(coming.mirror, NEVER), null);
    assert.deepEqual(await keptOf(broker, at), []);
    coming.mirror.show(PICTURE);
    await coming.shown();
    assert.ok((await keptOf(other, at)).length > 20);
  });

  test('is gone also where the connection was lost just then, or a start found the broker down', async (t) => {
    const [lost, never] = [corner(), corner()];
    const [one, two] = [mirrorOn(t, lost), mirrorOn(t, never)];
    for (const { mirror, shown } of [one, two]) {
      mirror.show(PICTURE);
      await shown();
    }
    await two.mirror.close();
    await broker.halt();
    const again = mirrorOn(t, never);
    again.mirror.show(pictureOf({ devices: [mirrored(9)] }));
    await until('both troubles', () => [one, again].every(({ troubles }) => typeof troubles.at(-1) === 'string'));
    assert.match((await one.mirror.clear(null, NEVER)) ?? '', /ECONNREFUSED/, 'told rather than waited for');
    await broker.start();
    assert.equal(await again.mirror.clear(null, NEVER), null);
    assert.deepEqual(await keptOf(broker, never), []);
    assert.ok((await keptOf(broker, lost)).length > 20);
  });

  test('keeps nobody waiting where the broker hangs', async (t) => {
    const at = corner();
    const { mirror, shown } = mirrorOn(t, at);
    mirror.show(PICTURE);
    await shown();
    broker.freeze();
    const end = new AbortController();
    const clearing = mirror.clear(null, end.signal);
    setTimeout(() => end.abort(), 200);
    const began = performance.now();
    assert.match((await clearing) ?? '', /stopped/);
    assert.ok(performance.now() - began < 3000);
    broker.thaw();
  });
});
