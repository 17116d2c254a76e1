import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDevice } from '../../test/make/arbitraries.ts';
import { AT, device, HOUR, mac, name, port, seen, service } from '../../test/make/device.ts';
import { rollWith, Story } from '../../test/make/story.ts';
import { type Clue, type ClueKind, type Device, LOW_CONFIDENCE, type MergeProposal, untrusted } from '../core/index.ts';
import { amend } from './amend.ts';
import { mergeDevices } from './merge.ts';
import { proposeMerges, proposeNear } from './propose-merges.ts';
import { withDevices } from './roll.ts';

const DAY = 24 * HOUR;
const clue = (kind: ClueKind, value: string): Clue => ({ kind, value: untrusted(value) });
/** A maker's address, not a made-up one. */
const real = (n: number) => ({ mac: mac(n).replace(/^02/, '00'), vendor: null });
type Fields = Parameters<typeof device>[0];

/** Was here on day n, from morning to evening, with a made-up address. */
const onDay = (n: number, fields: Fields = {}): Device =>
  device({
    id: n,
    at: [`10.0.0.${n}`],
    macs: [{ mac: mac(n), vendor: null }],
    firstSeen: AT + n * DAY,
    lastSeen: AT + n * DAY + 9 * HOUR,
    presence: 'away',
    ...fields,
  });
const fixed = (n: number, fields: Fields = {}): Device => onDay(n, { macs: [real(n)], ...fields });
const annas = [name('annas-iphone', 'dhcp')];

const proposed = (...devices: readonly Device[]): readonly MergeProposal[] => proposeMerges(rollWith(...devices));
/** "1<2,3 0.68" for each. */
const short = (...devices: readonly Device[]): string[] =>
  proposed(...devices).map(({ keep, absorb, confidence }) => `${keep}<${absorb.join()} ${confidence}`);

test('R39: a phone that makes up an address a day for 30 days is one proposal, a guess, with its reasons; nothing is merged', () => {
  const story = new Story();
  for (let day = 0; day < 30; day++) {
    const minute = day * 24 * 60;
    story.at(minute, [seen('10.0.0.7', day + 1, { names: annas })]);
    story.at(minute + 600, []);
    assert.equal(proposeMerges(story.roll).length, day === 0 ? 0 : 1);
  }
  const [proposal, ...others] = proposeMerges(story.roll);
  assert.equal(others.length, 0);
  assert.deepEqual([proposal?.keep, proposal?.absorb.length, story.roll.devices.size], [1, 29, 30]);
  assert.ok(proposal && proposal.confidence < LOW_CONFIDENCE, 'a name can be copied');
  assert.deepEqual(proposal.reasons, [
    'all call themselves "annas-iphone" by DHCP',
    'never present at once',
    'all make up their hardware addresses',
  ]);
  const { roll } = amend(story.roll, mergeDevices(story.roll, proposal));
  assert.deepEqual([roll.devices.size, proposeMerges(roll)], [1, []]);
});

test('the same client, identifier or host key is strong evidence, and each is told with its value', () => {
  for (const [kind, value, text] of [
    ['dhcp.client', '01aabbccddeeff', 'both ask by DHCP as client 01aabbccddeeff'],
    ['mdns.id', 'A1:B2:C3:D4', 'both announce by mDNS the identifier A1:B2:C3:D4'],
    ['ssh.key', 'SHA256:abcdef', 'both show the SSH host key SHA256:abcdef'],
  ] as const) {
    const [proposal] = proposed(fixed(1, { clues: [clue(kind, value)] }), fixed(2, { clues: [clue(kind, value)] }));
    assert.ok(proposal && proposal.confidence >= LOW_CONFIDENCE, kind);
    assert.deepEqual(proposal.reasons, [text, 'never present at once']);
  }
});

test('a name in common is enough for made-up addresses, needs more for real ones, and is no evidence of what a resolver says', () => {
  assert.deepEqual(short(onDay(1, { names: annas }), onDay(2, { names: [name('Annas-iPhone.local', 'mdns')] })), ['1<2 0.68']);
  const whole = { firstSeen: AT, lastSeen: AT + DAY };
  assert.deepEqual(short(onDay(1, { names: annas, ...whole }), onDay(2, { names: annas, ...whole })), ['1<2 0.6']);
  assert.deepEqual(short(fixed(1, { names: annas, ...whole }), fixed(2, { names: annas, ...whole })), []);
  const alike = { names: annas, ...whole, clues: [clue('dhcp.options', '1,3,6'), clue('dhcp.vendor', 'MSFT 5.0')] };
  assert.deepEqual(short(fixed(1, alike), fixed(2, alike)), ['1<2 0.6']);
  assert.deepEqual(short(onDay(1, { names: [name('annas-iphone')] }), onDay(2, { names: [name('annas-iphone')] })), []);
});

test('open ports and their products add to a name, and are nothing alone', () => {
  const ports = [port(22, 'open', service('OpenSSH')), port(80, 'open', service('nginx')), port(443), port(5432)];
  assert.deepEqual(short(fixed(1, { ports }), fixed(2, { ports })), []);
  const [proposal] = proposed(fixed(1, { ports, names: annas }), fixed(2, { ports, names: annas }));
  assert.ok(proposal?.reasons.includes('both serve the same on the same ports (22/tcp OpenSSH, 80/tcp nginx, 443/tcp, 5432/tcp)'));
  const less = ports.slice(1);
  assert.ok(
    proposal &&
      proposal.confidence >
        (proposed(fixed(1, { ports: less, names: annas }), fixed(2, { ports: less, names: annas }))[0]?.confidence ?? 1),
  );
});

test('who is present at once is two devices, unless an identifier says that they are one', () => {
  const here = { presence: 'present', firstSeen: AT, lastSeen: AT + DAY } as const;
  assert.deepEqual(short(onDay(1, { names: annas, ...here }), onDay(2, { names: annas, ...here })), []);
  const docked = { ...here, clues: [clue('dhcp.client', '01aabbccddeeff')] };
  const [proposal] = proposed(fixed(1, docked), fixed(2, docked));
  assert.ok(proposal && proposal.confidence < LOW_CONFIDENCE);
  assert.equal(proposal.reasons.at(-1), '2 of them are present now: one machine with several network cards?');
  assert.deepEqual(
    short(onDay(1, { names: annas }), onDay(2, { names: annas, ...here }), onDay(3, { names: annas, ...here })),
    [],
    'whose it was of the two here nobody knows',
  );
});

test('who is present now, or was seen at one moment, was present at once, and that is told and counted of nobody else', () => {
  const client = (n: number, fields: Fields): Device => fixed(n, { clues: [clue('dhcp.client', '01aabbccddeeff')], ...fields });
  const once = (n: number, minute: number, presence: Device['presence']): Device =>
    client(n, { firstSeen: AT + minute, lastSeen: AT + minute, presence });
  const said = (...devices: Device[]): boolean => proposed(...devices)[0]?.reasons.includes('never present at once') ?? true;
  assert.deepEqual(short(once(1, 0, 'present'), once(2, 1, 'present')), ['1<2 0.63']);
  assert.equal(said(once(1, 0, 'present'), once(2, 1, 'present')), false, 'both are here now');
  assert.equal(said(once(1, 0, 'away'), once(2, 0, 'away')), false, 'one look saw both');
  assert.equal(said(once(1, 0, 'present'), once(2, 1, 'away'), once(3, 2, 'present')), false, 'the oldest and the youngest are here');
  assert.equal(said(client(1, {}), client(2, { firstSeen: AT + DAY, lastSeen: AT + 3 * DAY })), false, 'one was seen while the other was');
  assert.equal(said(once(1, 0, 'away'), once(2, 1, 'present')), true);
});

test('names that leave the factory so, tell an address, or are shared by many are no evidence', () => {
  for (const text of [
    '',
    'iPhone',
    'android',
    'localhost.localdomain',
    'ESP32',
    'raspberrypi',
    '192-168-1-7',
    'ip-10-0-0-5',
    'dhcp12',
    '42',
    'pc',
  ])
    assert.deepEqual(short(onDay(1, { names: [name(text, 'dhcp')] }), onDay(2, { names: [name(text, 'dhcp')] })), [], text);
  const six = Array.from({ length: 6 }, (_, i) => fixed(i + 1, { names: [name('sensor-hub', 'dhcp')] }));
  assert.deepEqual(short(...six), []);
  assert.deepEqual(short(...six.slice(1)), ['2<3,4,5,6 0.6']);
  const cloned = Array.from({ length: 6 }, (_, i) => fixed(i + 1, { clues: [clue('ssh.key', 'SHA256:golden-image')] }));
  assert.deepEqual(short(...cloned), [], 'a copied disk copies its keys');
  for (const value of ['0', '000000000000', 'unknown'])
    assert.deepEqual(short(fixed(1, { clues: [clue('mdns.id', value)] }), fixed(2, { clues: [clue('mdns.id', value)] })), [], value);
});

test('systems of other makes, or devices that people call differently, need more than a name', () => {
  const vendor = (text: string): Fields => ({ names: annas, clues: [clue('dhcp.vendor', text)] });
  assert.deepEqual(short(onDay(1, vendor('MSFT 5.0')), onDay(2, vendor('android-dhcp-14'))), []);
  assert.deepEqual(short(onDay(1, vendor('android-dhcp-13')), onDay(2, vendor('android-dhcp-14'))), ['1<2 0.68'], 'an update');
  assert.deepEqual(short(onDay(1, { names: annas, owner: 'anna' }), onDay(2, { names: annas, owner: 'bert' })), []);
});

test('the labelled one is kept, else the oldest', () => {
  assert.deepEqual(short(onDay(1, { names: annas }), onDay(2, { names: annas, owner: 'anna' }), onDay(3, { names: annas })), [
    '2<1,3 0.68',
  ]);
  assert.deepEqual(short(onDay(5, { id: 1, names: annas }), onDay(2, { names: annas })), ['2<1 0.68']);
});

test('who was declared distinct is in no proposal together, whichever way the chain goes', () => {
  assert.deepEqual(short(onDay(1, { names: annas, distinct: [2] }), onDay(2, { names: annas })), []);
  assert.deepEqual(short(onDay(1, { names: annas }), onDay(2, { names: annas, distinct: [1] }), onDay(3, { names: annas })), ['1<3 0.68']);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.subarray([1, 2, 3, 4, 5, 6, 7, 8])), { minLength: 8, maxLength: 8 }),
      (picks) => {
        const devices = picks.map(([called, keyed, distinct], i) =>
          onDay(i + 1, { names: [name(`name-${called}x`, 'dhcp')], clues: [clue('mdns.id', `identifier-${keyed}`)], distinct }),
        );
        const roll = rollWith(...devices);
        for (const { keep, absorb } of proposeMerges(roll)) {
          const all = [keep, ...absorb];
          for (const id of all) assert.ok(!roll.devices.get(id)?.labels.distinct.some((other) => other !== id && all.includes(other)));
        }
      },
    ),
  );
});

test('a chain over several kinds of evidence says which of its devices share what', () => {
  const key = clue('ssh.key', 'SHA256:abcdef');
  const [proposal] = proposed(onDay(1, { names: annas }), onDay(2, { names: annas, clues: [key] }), onDay(3, { clues: [key] }));
  assert.deepEqual(proposal?.absorb, [2, 3]);
  assert.deepEqual(proposal.reasons.slice(0, 2), [
    '#2 and #3 show the SSH host key SHA256:abcdef',
    '#1 and #2 call themselves "annas-iphone" by DHCP',
  ]);
});

test('whatever the roll, no device is in two proposals, and the same roll gives the same proposals', () => {
  fc.assert(
    fc.property(fc.array(anyDevice, { maxLength: 12 }), (devices) => {
      const numbered = devices.map((one, i): Device => ({ ...one, id: i + 1, mergedInto: null }));
      const proposals = proposed(...numbered);
      const named = proposals.flatMap(({ keep, absorb }) => [keep, ...absorb]);
      assert.equal(new Set(named).size, named.length);
      for (const { confidence, reasons } of proposals) assert.ok(confidence > 0.5 && confidence <= 1 && reasons.length > 0);
      assert.deepEqual(proposed(...numbered.toReversed()), proposals);
    }),
    { numRuns: 200 },
  );
});

test('10,000 devices are gone through in a moment, also when they all have one name', () => {
  const many = Array.from({ length: 10_000 }, (_, i) =>
    onDay(1, {
      id: i + 1,
      macs: [{ mac: mac(i), vendor: null }],
      names: [name(`phone-of-${i % 5000}x`, 'dhcp'), name('everybody', 'mdns')],
      clues: [clue('dhcp.client', `01aabbcc${i % 9000}`)],
    }),
  );
  const roll = withDevices(rollWith(), many);
  const started = performance.now();
  assert.equal(proposeMerges(roll).length, 1);
  // The budget is 50 ms for devices with names of their own; this only notices when the cost is of another kind.
  assert.ok(performance.now() - started < 3000);
});

test('what hangs together with some devices is proposed alike by them and by the whole roll', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(4), fc.nat(6)), { minLength: 2, maxLength: 14 }), fc.nat(13), (picks, place) => {
      const devices = picks.map(([called, keyed], i) =>
        onDay(i + 1, { names: [name(`name-${called}x`, 'dhcp')], clues: [clue('mdns.id', `identifier-${keyed}`)] }),
      );
      const roll = rollWith(...devices);
      const one = devices[place % devices.length] as Device;
      const [near, all] = [proposeNear(roll, [one]), proposeMerges(roll)];
      for (const proposal of near) assert.ok(all.some((other) => JSON.stringify(other) === JSON.stringify(proposal)));
      const ofOne = ({ keep, absorb }: MergeProposal): boolean => [keep, ...absorb].includes(one.id);
      assert.deepEqual(near.filter(ofOne), all.filter(ofOne));
    }),
    { numRuns: 300 },
  );
});
