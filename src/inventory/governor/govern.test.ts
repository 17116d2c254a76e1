import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { covering, device, port } from '../../../test/make/device.ts';
import {
  type AddressValue,
  type Device,
  formatPorts,
  formatRange,
  type LookOrder,
  mergePorts,
  PLANS,
  parseAddress,
  portsHold,
  rangesHold,
  UNPACED,
} from '../../core/index.ts';
import { rollOf } from '../roll.ts';
import { type Allowed, GENTLE_PORTS, GENTLE_RATE, govern } from './govern.ts';
import { portsWithout } from './lots-spared.ts';
import { FRAGILE_PORTS } from './tender.ts';

const LAN = '10.0.0.0/24';
const usual: Allowed = { pace: { rate: 300, perHost: 100 }, fragile: false, privileged: true };
const order = (plan: keyof typeof PLANS = 'ports', more: Partial<LookOrder> = {}): LookOrder => ({
  plan: PLANS[plan],
  addresses: covering([LAN]).addresses,
  iface: null,
  ...more,
});
const at = (id: number, more: Parameters<typeof device>[0] = {}): Device => device({ id, at: [`10.0.0.${id}`], ...more });
const roll = (...devices: Device[]) => rollOf('home', devices, 99);
const texts = (one: LookOrder | null): string[] => (one?.addresses ?? []).map(formatRange);

const printer = at(5, { type: 'printer' });
const controller = at(6, { ports: [port(502)] });
const left = at(7, { probed: false });
const harmed = at(8, { harmed: 12 });

test('who is not to be probed, or fell silent under a scan, is asked by no look of any kind', () => {
  for (const plan of ['sweep', 'ports', 'services', 'deep', 'udp'] as const) {
    const { order: rest, gently, words } = govern(order(plan), roll(left, harmed), usual);
    assert.deepEqual(texts(rest), ['10.0.0.0-10.0.0.6', '10.0.0.9-10.0.0.255']);
    assert.equal(gently, null);
    assert.deepEqual(words, [
      '10.0.0.7 is left alone (it is not to be probed)',
      '10.0.0.8 is left alone (it fell silent during scan 12, and was not released since)',
    ]);
  }
});

test('printers and devices of automation are swept like others, and asked for a few ports slowly, never what they serve', () => {
  assert.equal(texts(govern(order('sweep'), roll(printer, controller), usual).order).join(), LAN);
  for (const plan of ['ports', 'services', 'deep'] as const) {
    const { order: rest, gently, words } = govern(order(plan), roll(printer, controller), usual);
    assert.deepEqual(texts(rest), ['10.0.0.0-10.0.0.4', '10.0.0.7-10.0.0.255']);
    assert.deepEqual(texts(gently), ['10.0.0.5-10.0.0.6']);
    assert.equal(gently?.plan.versions, false);
    assert.deepEqual(gently?.plan.ports, { kind: 'list', ports: GENTLE_PORTS });
    assert.equal(gently?.pace?.perHost, GENTLE_RATE);
    assert.match(
      words.join(),
      /10\.0\.0\.5 is asked gently: .* \(it is a printer\),10\.0\.0\.6 is asked gently: .* \(Modbus answers at port 502\)/,
    );
  }
});

test('without raw packets nobody can be asked gently, so such devices are asked for no ports', () => {
  const { gently, words } = govern(order(), roll(printer), { ...usual, privileged: false });
  assert.equal(gently, null);
  assert.match(words[0] ?? '', /without raw packets/);
});

test('an opt-in asks them like any other: for all by the config, for one by the word of a person', () => {
  assert.equal(govern(order(), roll(printer, controller), { ...usual, fragile: true }).gently, null);
  const allowed = at(5, { type: 'printer', gentle: false });
  assert.equal(govern(order(), roll(allowed), usual).gently, null);
  const wished = at(9, { gentle: true });
  assert.deepEqual(texts(govern(order(), roll(wished), { ...usual, fragile: true }).gently), ['10.0.0.9']);
});

test('a person who says what a device is beats the guess that it prints', () => {
  const guessed = at(5, { ports: [port(9100)] });
  assert.deepEqual(texts(govern(order(), roll(guessed), usual).gently), ['10.0.0.5']);
  assert.equal(govern(order(), roll(at(5, { ports: [port(9100)], type: 'server' })), usual).gently, null, 'its 9100 is a metrics page');
});

test('exact pairs lose the devices and the ports that a question may break, and nothing else', () => {
  const lots = [
    { addresses: covering(['10.0.0.5-10.0.0.7']).addresses, ports: { tcp: [[80, 80] as const] } },
    {
      addresses: covering(['10.0.0.20']).addresses,
      ports: { tcp: [[22, 22] as const, [500, 510] as const], udp: [[47_808, 47_808] as const] },
    },
    { addresses: covering(['10.0.0.21']).addresses, ports: { tcp: [[502, 502] as const] } },
  ];
  const asked = order('services', { apart: lots, addresses: covering(['10.0.0.5-10.0.0.7', '10.0.0.20-10.0.0.21']).addresses });
  const { order: rest, gently } = govern(asked, roll(printer, left, at(6)), usual);
  assert.equal(gently, null);
  assert.deepEqual(
    rest?.apart?.map((lot) => [lot.addresses.map(formatRange).join(), formatPorts(lot.ports.tcp ?? []), lot.ports.udp]),
    [
      ['10.0.0.6', '80', undefined],
      ['10.0.0.20', '22,500-501,503-510', undefined],
    ],
  );
  assert.deepEqual(texts(rest), ['10.0.0.6', '10.0.0.20']);
  assert.equal(govern({ ...asked, apart: lots.slice(2), addresses: lots[2]?.addresses ?? [] }, roll(), usual).order, null);
});

test('whatever the roll says, nobody who is spared is in what is asked, and everybody else is', () => {
  const labels = fc.record({ probed: fc.boolean(), gentle: fc.option(fc.boolean()), harmed: fc.option(fc.nat()) });
  fc.assert(
    fc.property(
      fc.array(labels, { maxLength: 20 }),
      fc.constantFrom('sweep', 'ports', 'services', 'deep', 'udp'),
      fc.boolean(),
      (said, plan, fragile) => {
        const devices = said.map((one, i) => at(i + 1, one));
        const { order: rest, gently } = govern(order(plan), roll(...devices), { ...usual, pace: UNPACED, fragile });
        const isIn = (one: LookOrder | null, { id }: Device) =>
          rangesHold(one?.addresses ?? [], parseAddress(`10.0.0.${id}`) as AddressValue);
        for (const one of devices) {
          const spared = !one.labels.probed || one.labels.harmed !== null;
          if (spared) assert.ok(!isIn(rest, one) && !isIn(gently, one));
          else assert.ok(isIn(rest, one) !== (isIn(gently, one) || (plan === 'udp' && one.labels.gentle === true)));
        }
      },
    ),
  );
});

test('gentle ports hold none that is fragile', () => {
  for (const [first, last] of FRAGILE_PORTS)
    for (let one = first; one <= last; one++) assert.ok(!portsHold(GENTLE_PORTS, one), String(one));
});

test('a set of ports without another holds what only the first does', () => {
  const set = fc
    .array(
      fc.tuple(fc.nat(40), fc.nat(5)).map(([from, more]) => [from, from + more] as const),
      { maxLength: 4 },
    )
    .map(mergePorts);
  fc.assert(
    fc.property(set, set, (a, b) => {
      const left = portsWithout(a, b);
      for (let one = 0; one < 50; one++) assert.equal(portsHold(left, one), portsHold(a, one) && !portsHold(b, one));
    }),
  );
});
