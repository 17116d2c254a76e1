import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Config, DEFAULTS } from '../../src/config/index.ts';
import { Fault, type Mirror, type MirrorKeeper, type Observation, type Picture, type StopSignal } from '../../src/core/index.ts';
import { HOUR, MINUTE, name, seen } from '../make/device.ts';
import { alertHouse, rule } from './alert-house.ts';
import { declared, every, LAN, stand, watching } from './stand.ts';

/** A mirror that keeps what it was shown. */
class SeenMirror implements Mirror {
  readonly name = 'test';
  readonly pictures: Picture[] = [];
  keeper: MirrorKeeper | null = null;
  closed = false;

  start(keeper: MirrorKeeper): void {
    this.keeper = keeper;
  }
  show(picture: Picture): void {
    this.pictures.push(picture);
  }
  async close(): Promise<void> {
    this.closed = true;
  }
  next: Mirror | null | undefined;
  async clear(next: Mirror | null, _signal: StopSignal): Promise<string | null> {
    this.next = next;
    this.closed = true;
    return null;
  }
  get last(): Picture {
    return this.pictures.at(-1) as Picture;
  }
}

const phone = (address: string, mac: number): Observation => seen(address, mac, { names: [name(`phone-${mac}`)] });

async function mirrored(script: () => readonly Observation[], ...plans: ReturnType<typeof every>[]) {
  const mirror = new SeenMirror();
  const schedule = plans.length > 0 ? plans : [every(MINUTE)];
  const house = await stand({ config: watching(declared(LAN, ...schedule)), script: () => ({ hosts: script() }), mirror });
  return { house, mirror };
}

test('within a tenth of a second after a commit the mirror shows it, and while nothing changes it is shown nothing', async () => {
  const { house, mirror } = await mirrored(() => [phone('10.0.0.1', 1)]);
  assert.equal(mirror.last.devices.length, 0, 'what there is stands at once, also when it is nothing');
  await house.clock.pass(2000); // the look takes as long
  const before = mirror.pictures.length;
  const seq = house.feed.filter(({ kind }) => kind === 'commit').length;
  assert.ok(seq > 0);
  await house.clock.pass(100);
  assert.ok(mirror.pictures.length > before);
  const [device] = mirror.last.devices;
  assert.deepEqual(
    [device?.id, device?.presence, device?.address, device?.macs, device?.name],
    [1, 'present', '10.0.0.1', ['02:00:5e:00:00:01'], 'phone-1'],
  );
  await house.clock.pass(20_000);
  const quiet = mirror.pictures.length;
  await house.clock.pass(20_000);
  assert.equal(mirror.pictures.length, quiet);
  await house.end();
  assert.ok(mirror.closed);
});

test('a device that is seen each minute is the same object for a quarter of an hour, and its absence tells exactly when it was seen last', async () => {
  let hosts = [phone('10.0.0.1', 1), phone('10.0.0.2', 2)];
  const { house, mirror } = await mirrored(() => hosts);
  await house.clock.pass(5000);
  const first = mirror.last.devices[0];
  await house.clock.pass(10 * MINUTE);
  assert.equal(mirror.last.devices[0], first);
  await house.clock.pass(10 * MINUTE);
  assert.notEqual(mirror.last.devices[0], first);
  assert.equal((mirror.last.devices[0]?.lastSeen ?? 1) % (15 * MINUTE), 0);
  hosts = [phone('10.0.0.1', 1)];
  await house.clock.pass(2 * HOUR);
  const gone = mirror.last.devices[1];
  assert.equal(gone?.presence, 'away');
  assert.equal(gone?.lastSeen, house.keeper.roll().devices[1]?.lastSeen);
  assert.deepEqual([mirror.last.counts.present, mirror.last.counts.away, mirror.last.counts.fresh], [1, 1, 2]);
  await house.end();
});

test('nobody needs to commit anything for a device to turn unknown, or to be no longer new', async () => {
  const mirror = new SeenMirror();
  const house = await stand({ config: { self: { watch: false } }, script: () => ({ hosts: [phone('10.0.0.1', 1)] }), mirror });
  await house.keeper.startScan({ targets: [LAN], plan: 'sweep' });
  await house.clock.pass(3000);
  assert.deepEqual([mirror.last.devices[0]?.presence, mirror.last.counts.fresh], ['present', 1]);
  await house.clock.pass(46 * MINUTE);
  assert.equal(mirror.last.devices[0]?.presence, 'unknown');
  assert.deepEqual([mirror.last.counts.present, mirror.last.counts.unknown], [0, 1]);
  house.clock.set(24 * HOUR);
  await house.clock.pass(6000);
  assert.equal(mirror.last.counts.fresh, 0);
  await house.end();
});

test('people and groups come with what counts for them, and go with their last device', async () => {
  const { house, mirror } = await mirrored(() => [phone('10.0.0.1', 1), phone('10.0.0.2', 2)]);
  await house.clock.pass(5000);
  await house.keeper.editDevices([1], { owner: 'Anna', type: 'phone', groups: { add: ['family'] } });
  await house.clock.pass(100);
  assert.deepEqual(mirror.last.people, [{ name: 'Anna', is: 'home', counted: [1], present: 1 }]);
  assert.deepEqual(mirror.last.groups, [{ name: 'family', is: 'home', counted: [1], present: 1 }]);
  await house.keeper.editDevices([1], { owner: null, groups: { drop: ['family'] } });
  await house.clock.pass(100);
  assert.deepEqual([mirror.last.people, mirror.last.groups], [[], []]);
  await house.end();
});

test('what differs from what was approved is counted, once something was', async () => {
  const { house, mirror } = await mirrored(() => [phone('10.0.0.1', 1), phone('10.0.0.2', 2)]);
  await house.clock.pass(5000);
  assert.equal(mirror.last.counts.drift, null);
  const choice = { kind: 'found', devices: [1] } as const;
  const plain = { places: null, closeness: 'any', by: null, why: null, until: null, dryRun: false } as const;
  await house.keeper.approve({ ...plain, choice });
  await house.clock.pass(6 * MINUTE);
  assert.equal(mirror.last.counts.drift, 1);
  await house.end();
});

test('a scan is ordered of a target by number or text, or of all, at most each half minute, and never of what is not watched', async () => {
  const { house, mirror } = await mirrored(() => [phone('10.0.0.1', 1)], every(HOUR));
  await house.clock.pass(5000);
  const looks = (): number => house.prober.looks.filter(({ plan }) => plan === 'sweep').length;
  const order = (target: string | null): Promise<string> => (mirror.keeper as MirrorKeeper).order({ kind: 'scan', target });
  const before = looks();
  await assert.rejects(order('10.9.9.9'), (fault) => fault instanceof Fault && fault.code === 'not-found');
  await assert.rejects(order('10.0.0.1'), /it is not watched/, 'not even where it lies inside');
  assert.match(await order('1'), /^began scan \d+ of 10\.0\.0\.0\/24$/);
  await assert.rejects(order(LAN), /what was ordered last still runs/);
  await house.clock.pass(5000);
  await assert.rejects(order(LAN), /it was ordered a moment ago, again in 25 s/);
  assert.equal(looks(), before + 1);
  await house.clock.pass(26_000);
  assert.match(await order(null), /^began scan \d+ of 10\.0\.0\.0\/24$/);
  await house.clock.pass(31_000);
  assert.match(await order(LAN), /^began/);
  await house.clock.pass(3000);
  assert.equal(looks(), before + 3);
  await house.end();
});

test('a mirror that is in trouble is one of the troubles, and shows it', async () => {
  const { house, mirror } = await mirrored(() => []);
  mirror.keeper?.trouble('MQTT broker 10.0.0.5:1883: ECONNREFUSED');
  assert.deepEqual(house.keeper.status().troubles, ['MQTT broker 10.0.0.5:1883: ECONNREFUSED']);
  await house.clock.pass(6000);
  assert.deepEqual(mirror.last.daemon.troubles, house.keeper.status().troubles);
  mirror.keeper?.trouble(null);
  assert.deepEqual(house.keeper.status().troubles, []);
  await house.end();
});

test('an incident stands in the picture within a moment, and an acknowledgement that comes back by the mirror, too', async () => {
  const mirror = new SeenMirror();
  const left = rule({ name: 'gone', on: ['device.left'], resolved: true });
  const { made: house, set } = await alertHouse({ rules: [left], hosts: [1, 2, 3, 4, 5, 6], mirror });
  await house.clock.pass(10 * MINUTE);
  assert.deepEqual([mirror.last.incidents, mirror.last.counts.incidents], [[], 0]);
  set(1, 2, 3, 4, 5);
  for (let i = 0; i < 120 && mirror.last.incidents?.length === 0; i++) await house.clock.pass(MINUTE);
  const [incident, ...more] = mirror.last.incidents ?? [];
  assert.deepEqual([incident?.rule, incident?.acknowledged, more.length, mirror.last.counts.incidents], ['gone', null, 0, 1]);
  const order = (what: number | 'open'): Promise<string> => (mirror.keeper as MirrorKeeper).order({ kind: 'acknowledge', incident: what });
  await assert.rejects(order(99), (fault) => fault instanceof Fault && fault.code === 'not-found');
  assert.equal(await order(incident?.id ?? 0), `acknowledged incident ${incident?.id}`);
  await house.clock.pass(100);
  const known = (mirror.last.incidents ?? [])[0];
  assert.ok(known === undefined || known.acknowledged?.by === 'MQTT');
  assert.match(await order('open'), /^acknowledged (?:incident \d+|0 incidents)$/);
  await house.end();
});

test('a reload shows all of it to another broker, when the old one has let go; a section that stays shows on without a blink', async () => {
  const mirrors: SeenMirror[] = [];
  const make = async ({ mqtt: { url } }: Config) => {
    if (url === 'mqtt://broken') throw new Fault('bad-input', 'reading [mqtt]: it is broken', 'mend it');
    if (url === null) return null;
    if (mirrors.length > 0) assert.equal(mirrors.at(-1)?.keeper === null, false, 'made before the last one began');
    mirrors.push(new SeenMirror());
    return mirrors.at(-1) as SeenMirror;
  };
  const at = (url: string | null): Config => ({ ...DEFAULTS, ...watching(declared(LAN, every(MINUTE))), mqtt: { ...DEFAULTS.mqtt, url } });
  const house = await stand({ config: at('mqtt://one'), script: () => ({ hosts: [phone('10.0.0.1', 1)] }), mirror: make });
  await house.clock.pass(5000);
  const [one] = mirrors as [SeenMirror];
  one.keeper?.trouble('MQTT broker one: ECONNREFUSED');
  await house.watcher.reload(at('mqtt://one'));
  assert.deepEqual([mirrors.length, one.closed], [1, false]);
  await assert.rejects(house.watcher.reload(at('mqtt://broken')), /it is broken/);
  assert.deepEqual([mirrors.length, one.closed], [1, false]);
  await house.watcher.reload(at('mqtt://two'));
  await house.clock.pass(100);
  const two = mirrors[1];
  assert.ok(one.closed && two?.keeper && !two.closed);
  assert.equal(one.next, two, 'what the next one shows may stay');
  assert.deepEqual(house.keeper.status().troubles, [], 'what the old one lacked is no matter any more');
  await house.clock.pass(100);
  assert.equal(two.last.devices.length, 1);
  await house.watcher.reload(at(null));
  await house.clock.pass(100);
  assert.ok(two.closed);
  assert.equal(two.next, null);
  await house.watcher.reload(at('mqtt://three'));
  await house.clock.pass(100);
  assert.equal(mirrors[2]?.last.devices.length, 1);
  await house.end();
  assert.ok(mirrors[2]?.closed);
});

test('a reload waits for no old mirror, the last one is what is shown in the end, and a stop breaks the waiting off', async () => {
  const mirrors = new Map<string, SeenMirror>();
  let waiting: readonly (() => void)[] = [];
  const make = async ({ mqtt: { url } }: Config) => {
    const mirror = new SeenMirror();
    mirror.clear = (next, signal) => {
      mirror.next = next;
      return new Promise((resolve) => {
        const end = (): void => resolve('it hangs');
        waiting = [...waiting, end];
        signal.addEventListener('abort', end);
      });
    };
    mirrors.set(url ?? '', mirror);
    return mirror;
  };
  const at = (url: string): Config => ({ ...DEFAULTS, ...watching(declared(LAN, every(MINUTE))), mqtt: { ...DEFAULTS.mqtt, url } });
  const house = await stand({ config: at('mqtt://one'), script: () => ({ hosts: [phone('10.0.0.1', 1)] }), mirror: make });
  await house.clock.pass(5000);
  await house.watcher.reload(at('mqtt://two'));
  await house.watcher.reload(at('mqtt://three'));
  await house.watcher.reload(at('mqtt://one'));
  assert.ok([...mirrors.values()].every(({ keeper }) => keeper === null || mirrors.size === 3));
  for (let i = 0; i < 3; i++) {
    await house.clock.pass(100);
    waiting.at(-1)?.();
  }
  await house.clock.pass(200);
  assert.equal(mirrors.get('mqtt://one')?.last.devices.length, 1, 'what was wished last');
  await house.watcher.reload(at('mqtt://two'));
  await house.clock.pass(100);
  await house.end();
  assert.equal(mirrors.get('mqtt://two')?.keeper, null);
});

test('R15: while a stopping daemon waits for a mirror that is slow to close, nothing begins to look any more', async () => {
  const mirror = new SeenMirror();
  const closing = Promise.withResolvers<void>();
  mirror.close = () => closing.promise;
  const house = await stand({ config: { self: { watch: false } }, script: () => ({ takes: 1000 }), mirror });
  const starting = house.keeper.startScan({ targets: [LAN], plan: 'sweep' });
  const stopping = house.watcher.stop();
  await assert.rejects(starting, /scanning 10\.0\.0\.0\/24: the daemon stopped/);
  await house.clock.pass(2000);
  assert.equal(house.prober.looks.length, 0);
  closing.resolve();
  await stopping;
  await house.end();
});
