import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import type { Change, Observation } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import { HOUR, MINUTE, mac, seen } from '../make/device.ts';
import type { Answer } from './scripted-prober.ts';
import { declared, every, LAN, type Stand, stand, watching } from './stand.ts';

const host = (n: number): Observation => seen(`10.0.0.${n}`, n);
const hosts = (count: number): Observation[] => Array.from({ length: count }, (_, i) => host(i + 1));

/** A network that was looked at each minute for an hour; `answer` says what its looks see from then on. */
async function network(first: Answer): Promise<{ home: Stand; answer: (now: Answer, length: number) => Promise<void> }> {
  let current = first;
  const memory = await openStore({ kind: 'memory' });
  const raw = zstdCompressSync(Buffer.from(`10.0.0.254\t${mac(66)}\tACME\n10.0.0.5\t${mac(5)}\tACME\n`));
  const store = { ...memory, rawOf: async (id: number) => ((await memory.rawOf(id)) === undefined ? undefined : raw) };
  const home = await stand({ config: watching(declared(LAN, every(MINUTE))), store, script: () => current });
  await home.clock.pass(HOUR);
  const answer = async (now: Answer, length: number): Promise<void> => {
    current = now;
    await home.clock.pass(length);
  };
  return { home, answer };
}

/** The trail of the newest change of a kind, one line for each step. */
async function trail({ store, keeper }: Stand, kind: Change['kind']): Promise<{ steps: string[]; beside: string[] }> {
  const [change] = await store.changes({ kinds: [kind], newestFirst: true, limit: 1 });
  assert.ok(change, `no ${kind} was told`);
  const { steps, beside } = await keeper.whyChange(change.seq);
  assert.equal(steps.at(-1)?.text, 'no rule asks for changes of this kind'); // who was told has tests of its own
  return {
    steps: steps.slice(0, -1).map(({ kind: of, text, lines }) => [of, text, ...lines].join(' | ')),
    beside: beside.map((other) => `${other.kind} ${other.device}`),
  };
}

const SWEEP = (up: number): string => `scan | sweep of ${LAN} ended complete: ${up} up of 256 asked`;

test('who came home or left is explained by the device that did it, with its evidence, and by what counts', async () => {
  const { home, answer } = await network({ hosts: hosts(6) });
  await home.keeper.editDevices([5], { owner: 'Anna', type: 'phone', alias: 'annas', groups: { add: ['kids'] } });
  await home.keeper.editDevices([6], { owner: 'Anna', type: 'desktop' });
  await answer({ hosts: [...hosts(4), host(6)] }, 2 * HOUR);
  const left = await trail(home, 'person.left');
  const departure = (await home.store.changes({ kinds: ['device.left'], limit: 9 })).at(-1);
  assert.deepEqual(left.beside, ['device.left 5']);
  assert.equal(left.steps[0], SWEEP(5));
  assert.equal(left.steps[1], `belief | it was annas (#5): device.left, change ${departure?.seq}`);
  assert.equal(left.steps[2], `coverage | sweep of ${LAN} asked 10.0.0.5, and it did not answer`);
  assert.match(left.steps[3] ?? '', /^belief \| last seen, silent for /);
  assert.match(left.steps[4] ?? '', /^tolerance \| it may be missed for /);
  assert.equal(left.steps[5], 'belief | of Anna counted then: annas (#5) away; not counted, as nobody carries them: 10.0.0.6 (#6)');
  assert.match(left.steps[6] ?? '', /^rule \| a person is home while any device is present that counts/);
  await answer({ hosts: hosts(6) }, MINUTE);
  for (const kind of ['person.arrived', 'group.first-arrived'] as const) {
    const came = (await trail(home, kind)).steps;
    assert.match(came[1] ?? '', /^belief \| it was annas \(#5\): device\.returned, change \d+$/);
    assert.equal(
      came[2],
      `lines | what the tool of scan ${(await home.store.changes({ kinds: [kind], limit: 1 }))[0]?.scan} wrote of it | 10.0.0.5  ${mac(5)}  ACME`,
    );
    assert.match(came[3] ?? '', /^identity \| the host was taken for this device because /);
    assert.match(came[4] ?? '', /counted then: annas \(#5\) present/);
  }
  await home.end();
});

test('who counts as home by what was said is explained by what was said', async () => {
  const { home, answer } = await network({ hosts: hosts(6) });
  await home.keeper.editDevices([5], { owner: 'Anna' });
  await answer({ hosts: hosts(4) }, 2 * HOUR);
  await home.keeper.editDevices([1], { owner: 'Anna' });
  const { steps } = await trail(home, 'person.arrived');
  assert.equal(steps[0], 'scan | somebody said so: device set');
  assert.match(steps[1] ?? '', /^belief \| it follows from change \d+ of #1: device\.edited$/);
  await home.end();
});

test('a lost segment is explained by the looks that missed it, how many of how many, who, and the rule; so is its end', async () => {
  const { home, answer } = await network({ hosts: hosts(30) });
  await home.keeper.editDevices([30], { alias: 'attic' });
  await answer({ hosts: hosts(2) }, 3 * MINUTE);
  const { steps } = await trail(home, 'segment.lost');
  assert.deepEqual(steps.slice(0, 3), [
    SWEEP(2),
    `scan | the look that missed them first: sweep of ${LAN} ended complete: 2 up of 256 asked`,
    'coverage | 28 of 30 devices usually answer, had answered the look before, and were silent in both looks, looked for every 1m',
  ]);
  assert.equal(steps[3], 'coverage | its gateway 10.0.0.254 was silent, too');
  assert.match(steps[4] ?? '', /^belief \| silent were 10\.0\.0\.3 \(#3\), .*10\.0\.0\.18 \(#18\), and 12 more$/);
  assert.match(steps[5] ?? '', /^rule \| more than half of them, and more than 4, that are silent in two looks running/);
  await answer({ hosts: hosts(28) }, 2 * MINUTE);
  const end = (await trail(home, 'segment.restored')).steps;
  const [lost] = await home.store.changes({ kinds: ['segment.lost'], limit: 1 });
  assert.equal(end[1], `belief | it was lost with change ${lost?.seq}`);
  assert.ok(end.includes('coverage | 26 of the 28 that had fallen silent answered by then, 2 did not'), end.join('\n'));
  assert.equal(end.at(-1), 'rule | an outage is over when half of those who fell silent answer again');
  await home.end();
});

test('the end of a segment that came and went is explained by what was held back', async () => {
  const { home, answer } = await network({ hosts: hosts(30) });
  for (let n = 0; n < 6; n++) {
    await answer({ hosts: hosts(2) }, 5 * MINUTE);
    await answer({ hosts: hosts(30) }, 5 * MINUTE);
  }
  await home.clock.pass(2 * HOUR);
  const { steps } = await trail(home, 'segment.restored');
  assert.ok(steps.includes('coverage | it fell silent 2 times more, which was held back'), steps.join('\n'));
  assert.match(steps.at(-1) ?? '', /^rule \| the outages of a segment that comes and goes are held back/);
  await home.end();
});

test('a storm is explained by how many strangers came, some of them, how many may, and the rule; so is its end', async () => {
  const { home, answer } = await network({ hosts: hosts(5) });
  const flood = Array.from({ length: 60 }, (_, i) => seen(`10.0.0.${100 + i}`, 500 + i));
  await answer({ hosts: [...hosts(5), ...flood] }, MINUTE);
  const { steps } = await trail(home, 'storm.began');
  assert.equal(steps[0], SWEEP(65));
  assert.equal(steps[1], 'coverage | 60 that nobody had ever seen, where 5 known devices are present; 20 may come');
  assert.equal(steps[2], `belief | among them ${Array.from({ length: 8 }, (_, i) => mac(500 + i)).join(' ')}, and 52 more`);
  assert.match(steps[3] ?? '', /^rule \| more than 20 strangers within 5m/);
  await answer({ hosts: hosts(5) }, HOUR);
  const end = (await trail(home, 'storm.ended')).steps;
  const [began] = await home.store.changes({ kinds: ['storm.began'], limit: 1 });
  assert.equal(end[1], `belief | it began with change ${began?.seq}`);
  assert.match(end[2] ?? '', /^coverage \| 60 strangers were held back, \d+ of them still are$/);
  assert.match(end[3] ?? '', /^rule \| a storm is over when 3 looks in 10m/);
  await home.end();
});

test('blindness is explained by its cause and the check that failed, and its end by how long it lasted', async () => {
  const { home, answer } = await network({ hosts: hosts(5) });
  const cause = { code: 'no-carrier', text: 'eth0 has no carrier' } as const;
  await answer({ outcome: 'failed', cause }, 10 * MINUTE);
  const { steps } = await trail(home, 'vantage.blind');
  assert.match(steps[0] ?? '', /^scan \| sweep of .* ended failed, because eth0 has no carrier/);
  assert.match(steps[1] ?? '', /^coverage \| the look.* failed the check "no-carrier": eth0 has no carrier$/);
  assert.match(steps[2] ?? '', /^rule \| a look that fails says nothing of anybody/);
  await answer({ hosts: hosts(5) }, 2 * MINUTE);
  const [blind] = await home.store.changes({ kinds: ['vantage.blind'], limit: 1 });
  const end = (await trail(home, 'vantage.restored')).steps;
  assert.match(end[1] ?? '', new RegExp(`^belief \\| it was blind for 10m.*, since change ${blind?.seq}: eth0 has no carrier$`));
  assert.match(end[2] ?? '', /passed every check/);
  await home.end();
});

test("another gateway is explained by the tool's lines about both hardware addresses, and the rule", async () => {
  const gateway = (n: number): Observation => seen('10.0.0.254', n);
  const { home, answer } = await network({ hosts: [...hosts(5), gateway(254)] });
  await answer({ hosts: [...hosts(5), gateway(66)] }, MINUTE);
  const { steps } = await trail(home, 'gateway.changed');
  assert.ok(
    steps.some((line) => line.startsWith('lines | ') && line.endsWith(`| 10.0.0.254  ${mac(66)}  ACME`)),
    steps.join('\n'),
  );
  assert.ok(steps.some((line) => line.startsWith('rule | a gateway is told of when another hardware address answers')));
  await home.end();
});
