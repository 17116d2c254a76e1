import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seen } from '../../../test/make/device.ts';
import { type DnsAnswer, startFakeDns } from '../../../test/probes/fake-dns.ts';
import { againAfter, createMemory } from './memory.ts';
import { createNames } from './names.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ANSWER = { names: [], clues: [] };
const NEVER = new AbortController().signal;

test('a device that answers is asked after the refresh; silence makes the next question later', () => {
  const memory = createMemory();
  const waits = [null, ANSWER, null, null, null, null].map((answer, i) => {
    memory.keep('k', answer, i);
    return againAfter('mdns', memory.recall('k')!, 2 * HOUR);
  });
  assert.deepEqual(waits, [HOUR / 4, 2 * HOUR, HOUR / 4, HOUR, 6 * HOUR, 6 * HOUR]);
});

test('S8: the memory is bounded, and forgets first what nobody asked for', () => {
  const memory = createMemory(3);
  for (const key of ['a', 'b', 'c']) memory.keep(key, ANSWER, 0);
  memory.recall('a');
  memory.keep('d', ANSWER, 0);
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((key) => memory.recall(key) !== undefined),
    [true, false, true, true],
  );
});

test('a server is asked for an address once in ten minutes, and its last word holds until then, none included', async () => {
  let now = 0;
  let answer: DnsAnswer = ['phone.lan'];
  const dns = await startFakeDns((_, name) => (name.startsWith('6.') ? 'none' : answer));
  const names = createNames({ enabled: true, servers: [dns.server], hostsFile: '/nowhere', timeout: 200, clock: { monotonic: () => now } });
  const look = async (options = {}) =>
    (await names.nameAll([seen('10.77.0.5'), seen('10.77.0.6')], NEVER, options)).map(
      (each) => each.names?.map(({ name }) => name) ?? null,
    );
  try {
    assert.deepEqual(await look(), [['phone.lan'], []]);
    answer = ['tablet.lan'];
    now = 10 * MINUTE - 1;
    assert.deepEqual(await look(), [['phone.lan'], []]);
    assert.equal(dns.asked.length, 2);
    assert.deepEqual(await look({ fresh: true }), [['tablet.lan'], []]);
    answer = 'silence';
    now += 10 * MINUTE;
    assert.deepEqual(await look(), [['tablet.lan'], []], 'silence takes no name away');
    answer = 'none';
    now += 10 * MINUTE;
    assert.deepEqual(await look(), [[], []]);
  } finally {
    await dns.close();
  }
});

test('60 known devices swept each minute for an hour cost a server six rounds', async () => {
  let now = 0;
  const dns = await startFakeDns(() => ['x.lan']);
  const names = createNames({ enabled: true, servers: [dns.server], hostsFile: '/nowhere', clock: { monotonic: () => now } });
  const sweep = Array.from({ length: 60 }, (_, i) => seen(`10.77.0.${i + 1}`));
  try {
    for (let minute = 0; minute < 60; minute++) {
      now = minute * MINUTE;
      await names.nameAll(sweep, NEVER);
    }
    assert.equal(dns.asked.length, 360);
  } finally {
    await dns.close();
  }
});

test('what a stop signal interrupts was no silence', async () => {
  const dns = await startFakeDns(() => 'silence');
  const names = createNames({ enabled: true, servers: [dns.server], hostsFile: '/nowhere', timeout: 5000 });
  try {
    for (const round of [1, 2]) {
      const stop = new AbortController();
      const naming = names.nameAll([seen('10.77.0.5')], stop.signal);
      while (dns.asked.length < round) await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      assert.equal((await naming)[0]?.names, null);
    }
  } finally {
    await dns.close();
  }
});
