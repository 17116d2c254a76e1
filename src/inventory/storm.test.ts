import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device, HOUR, MINUTE, mac, seen } from '../../test/make/device.ts';
import { Story } from '../../test/make/story.ts';
import { type Change, type ChangeDraft, type Device, NO_COVERAGE, type Observation } from '../core/index.ts';
import { holdStorm, type StormGate } from './storm.ts';
import { NO_STORM, type StormState, stormFrom } from './storm-state.ts';

/** One that answered looks before. */
const answering = (id: number): Device =>
  device({ id, at: [`10.0.0.${id}`], macs: [{ mac: mac(id), vendor: null }], rhythm: { silences: [0, 60] } });
const residents = (count: number): Device[] => Array.from({ length: count }, (_, i) => answering(i + 1));
const residentHosts = (count: number): Observation[] => Array.from({ length: count }, (_, i) => seen(`10.0.0.${i + 1}`, i + 1));
const strangers = (count: number, from: number): Observation[] =>
  Array.from({ length: count }, (_, i) => seen(`10.0.0.${(i % 150) + 100}`, from + i));

/** A network behind the gate. */
class Gated {
  readonly story: Story;
  state: StormState = NO_STORM;
  readonly drafts: ChangeDraft[] = [];

  constructor(...devices: readonly Device[]) {
    this.story = new Story(...devices);
  }

  at(minute: number, observations: readonly Observation[], { familiar = true, coverage = covering(['10.0.0.0/24']) } = {}): StormGate {
    const { roll } = this.story;
    const gate = holdStorm({ roll, observations, coverage, familiar, where: 'lan', state: this.state, at: AT + minute * MINUTE });
    this.state = gate.state;
    this.drafts.push(...gate.drafts);
    this.story.scan(minute, gate.believed, { covers: coverage });
    return gate;
  }

  kinds(): string[] {
    return this.drafts.map(({ kind }) => kind);
  }
}

test('S7: 256 new hardware addresses a scan for 24 hours make no device and one alert, and known devices are unaffected', () => {
  const lan = new Gated(...residents(40));
  let news = 0;
  for (let minute = 1; minute <= 24 * 60; minute += 2) {
    const before = lan.story.roll;
    lan.at(minute, [...residentHosts(40), ...strangers(256, 1000 + minute * 128)]);
    news += before.devices.size === lan.story.roll.devices.size ? 0 : 1;
  }
  assert.deepEqual([news, lan.story.roll.devices.size, lan.kinds()], [0, 40, ['storm.began']]);
  assert.ok(lan.state.strangers.size <= 4096);
  for (let id = 1; id <= 40; id++) assert.equal(lan.story.device(id).presence, 'present');
});

test('R41: a storm ends by itself, once, when it was calm for some looks', () => {
  const lan = new Gated(...residents(40));
  lan.at(1, [...residentHosts(40), ...strangers(100, 1000)]);
  for (let minute = 2; minute <= 30; minute++) lan.at(minute, residentHosts(40));
  assert.deepEqual(lan.kinds(), ['storm.began', 'storm.ended']);
  assert.match(String(lan.drafts[0]?.after?.['text']), /^100 strangers at once in lan, where 40 devices are present: more than 20 /);
  lan.at(31, [...residentHosts(40), seen('10.0.0.200', 5000)]);
  assert.equal(lan.story.roll.devices.size, 41, 'after a storm a newcomer is a newcomer');
});

test('those who stay are let through after ten minutes and three looks, a few an hour', () => {
  const lan = new Gated(...residents(10));
  const staying = strangers(50, 1000);
  for (let minute = 0; minute < 10; minute++) lan.at(minute, [...residentHosts(10), ...staying]);
  assert.equal(lan.story.roll.devices.size, 10);
  for (let minute = 10; minute < 70; minute++) lan.at(minute, [...residentHosts(10), ...staying]);
  assert.equal(lan.story.roll.devices.size, 30);
  for (let minute = 70; minute < 200; minute++) lan.at(minute, [...residentHosts(10), ...staying]);
  assert.equal(lan.story.roll.devices.size, 60);
});

test('twenty at once are guests, not a storm; what is overheard one by one counts together', () => {
  const lan = new Gated(...residents(3));
  assert.equal(lan.at(1, strangers(20, 1000)).held, 0);
  const heard = new Gated(...residents(3));
  for (let i = 0; i < 500; i++) heard.at(1 + i / 1000, strangers(1, 1000 + i), { coverage: NO_COVERAGE });
  assert.deepEqual([heard.story.roll.devices.size, heard.kinds()], [23, ['storm.began']]);
});

test('half as many as are present may come at once; in a network that was never looked at, everybody', () => {
  const lan = new Gated(...residents(90));
  assert.equal(lan.at(1, strangers(45, 1000)).held, 0);
  const fresh = new Gated();
  assert.deepEqual([fresh.at(1, strangers(200, 1000), { familiar: false }).held, fresh.kinds()], [0, []]);
});

test('S7: a flood that keeps below every limit of a moment is a storm by the hour', () => {
  const lan = new Gated(...residents(10));
  for (let round = 0; round < 12 * 6; round++) lan.at(1 + round * 5, strangers(18, 1000 + round * 100), { coverage: NO_COVERAGE });
  assert.deepEqual(lan.kinds(), ['storm.began']);
  assert.match(String(lan.drafts[0]?.after?.['text']), /^\d+ strangers within an hour in lan, where 10 devices are present: more than 60 /);
  assert.ok(lan.story.roll.devices.size <= 10 + 60, `${lan.story.roll.devices.size} devices`);
});

test('S7: who was only heard does not count for how many may come', () => {
  const lan = new Gated(...residents(10));
  const heardOnly = { coverage: NO_COVERAGE };
  for (let round = 0; round < 30; round++) lan.at(1 + round * 6, strangers(18, 1000 + round * 100), heardOnly);
  const gate = lan.at(200, strangers(30, 9000), heardOnly);
  assert.ok(gate.held > 0, 'thirty at once are more than twenty, however many were believed before');
});

test('R41: one that answers for everything takes nothing away and adds nothing; as a stranger it is one device at one address', () => {
  const lan = new Gated(...residents(20));
  const before = lan.story.roll;
  const proxied = Array.from({ length: 254 }, (_, i) => seen(`10.0.0.${i + 1}`, 1));
  const gate = lan.at(1, proxied);
  assert.deepEqual([gate.held, lan.story.places(1), lan.story.roll.devices.size], [253, '10.0.0.1', 20]);
  for (let id = 2; id <= 20; id++) assert.equal(lan.story.device(id), before.devices.get(id));
  lan.at(2, [...residentHosts(20), ...Array.from({ length: 254 }, (_, i) => seen(`10.0.0.${i + 1}`, 999))]);
  assert.equal(lan.story.places(21), '10.0.0.21');
  assert.match(gate.reason ?? '', /^253 held back/);
});

test('R41: where a firewall answers for a whole routed network, its phantoms are never let through', () => {
  const lan = new Gated(...residents(5));
  const all = Array.from({ length: 256 }, (_, i) => seen(`10.9.0.${i}`));
  for (let minute = 0; minute < 180; minute += 5) lan.at(minute, all, { coverage: covering(['10.9.0.0/24']) });
  assert.deepEqual([lan.story.roll.devices.size, lan.kinds()[0]], [5, 'storm.began']);
});

test('a quiet look passes as it is, and a device that shows its first hardware address is no stranger', () => {
  const lan = new Gated(device({ id: 1 }), ...residents(30).slice(1));
  const hosts = residentHosts(30);
  const { believed, held, reason } = lan.at(1, hosts);
  assert.deepEqual([believed === hosts, held, reason], [true, 0, null]);
});

test('after a restart a storm that did not end goes on, and is not told again', () => {
  const lan = new Gated(...residents(10));
  lan.at(1, strangers(100, 1000));
  const changes = lan.drafts.map((draft, i): Change => ({ ...draft, seq: i + 1, at: AT + MINUTE, scan: 1 }));
  lan.state = stormFrom(changes, 'lan');
  lan.at(2, strangers(100, 2000));
  assert.deepEqual([lan.kinds(), lan.story.roll.devices.size], [['storm.began'], 10]);
  assert.deepEqual([stormFrom(changes, 'other'), stormFrom([], 'lan')], [NO_STORM, NO_STORM]);
});

test('R32: a clock that is set back by hours holds nobody back for ever', () => {
  const lan = new Gated(...residents(10));
  for (let minute = 600; minute < 605; minute++) lan.at(minute, strangers(30, 1000));
  for (let minute = 0; minute < 130; minute++) lan.at(minute, strangers(30, 1000));
  assert.equal(lan.story.roll.devices.size, 40, `within ${2 * HOUR} ms`);
});

test('after the first look at a network those who answered it are there: a few dozen who speak next are no storm', () => {
  const lan = new Gated();
  const hosts = residentHosts(90);
  lan.at(1, hosts, { familiar: false });
  for (let n = 0; n < 44; n++) lan.at(1.1 + n / 100, strangers(1, 1000 + n), { coverage: NO_COVERAGE });
  assert.deepEqual([lan.kinds(), lan.story.roll.devices.size], [[], 134]);
});
