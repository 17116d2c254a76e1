import { createMqttMirror } from '../src/channels/index.ts';
import type { Mirror, Picture } from '../src/core/index.ts';
import { systemClock } from '../src/watch/index.ts';
import { type BrokerDouble, mosquitto, until } from '../test/make/mosquitto.ts';
import { mirrored, pictureOf } from '../test/make/picture.ts';
import { toolPath } from '../test/needs.ts';
import { median, percentile, type Row, round } from './row.ts';

const DEVICES = 1000;
const ROUNDS = 5;
/** What NetAlertX documents: about two seconds for each of its sensors. */
const NETALERTX_EACH = 2;

/** A real mosquitto on the loopback, and somebody who listens as Home Assistant does. */
export async function mqttRows(): Promise<Row[]> {
  if (toolPath('mosquitto') === undefined) throw new Error('mosquitto is missing here: npm test fetches it');
  const first: number[] = [];
  const again: number[] = [];
  for (let nth = 0; nth < ROUNDS; nth++) {
    await onBroker(async (broker) => {
      first.push(await toEverybody(broker, `a${nth}`));
      again.push(await toEverybody(broker, `a${nth}`));
    });
  }
  const changes = await changesTold();
  return [
    {
      name: `${DEVICES} devices shown on a broker, with discovery, state and attributes`,
      value: round(median(first) / 1000, 2),
      unit: 's',
      bar: { max: 5 },
      versus: { 'NetAlertX, 2 s for each as it documents': DEVICES * NETALERTX_EACH },
    },
    { name: 'the same after a restart, when they stand already', value: round(median(again) / 1000, 2), unit: 's', bar: { max: 5 } },
    { name: 'one change of 1000 devices, until a subscriber has it, median', value: round(median(changes), 1), unit: 'ms' },
    { name: 'the same, p99', value: round(percentile(changes, 0.99), 1), unit: 'ms', bar: { max: 100 } },
  ];
}

async function onBroker<T>(work: (broker: BrokerDouble) => Promise<T>): Promise<T> {
  const broker = await mosquitto();
  try {
    return await work(broker);
  } finally {
    await broker.stop();
  }
}

const everybody = (): Picture => pictureOf({ devices: Array.from({ length: DEVICES }, (_, i) => mirrored(i + 1)) });

/** From the first picture until somebody who listens for entities has all of them and that we are there. */
async function toEverybody(broker: BrokerDouble, topic: string): Promise<number> {
  const listener = await broker.subscriber(
    `${topic}/home/device/+/state`,
    `${topic}/home/status`,
    'homeassistant/device_tracker/+/+/config',
  );
  const mirror = mirrorOn(broker, topic);
  const began = performance.now();
  mirror.show(everybody());
  await until('everybody', () => listener.board.get(`${topic}/home/status`) === 'online' && listener.board.size === 2 * DEVICES + 2);
  const took = performance.now() - began;
  await mirror.close();
  return took;
}

async function changesTold(): Promise<number[]> {
  return onBroker(async (broker) => {
    const mirror = mirrorOn(broker, 'b');
    let picture = everybody();
    mirror.show(picture);
    const listener = await broker.subscriber('b/home/device/7/state', 'b/home/status');
    await until('us', () => listener.board.get('b/home/status') === 'online');
    const took: number[] = [];
    for (let i = 0; i < 200; i++) {
      const presence = i % 2 === 0 ? 'away' : 'present';
      picture = { ...picture, devices: picture.devices.map((one) => (one.id === 7 ? mirrored(7, { presence }) : one)) };
      const heard = new Promise((resolve) => listener.client.once('message', resolve));
      const began = performance.now();
      mirror.show(picture);
      await heard;
      took.push(performance.now() - began);
    }
    await mirror.close();
    return took;
  });
}

function mirrorOn({ url }: BrokerDouble, topic: string): Mirror {
  const plain = { site: 'home', discovery: 'homeassistant', ca: null, version: 'bench', clock: systemClock, dice: Math.random };
  const mirror = createMqttMirror({ ...plain, url, topic });
  mirror.start({ order: async () => '', trouble: () => {}, note: () => {} });
  return mirror;
}
