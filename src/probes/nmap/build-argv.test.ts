import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AddressRange, orFault, PLANS, type Plan, parsePorts, parseTarget } from '../../core/index.ts';
import { type ArgvFacts, buildArgv } from './build-argv.ts';

const rangesOf = (text: string): readonly AddressRange[] => {
  const spec = orFault(parseTarget(text));
  return spec.kind === 'ranges' ? spec.ranges : [];
};

const argv = (plan: Plan, other: Partial<ArgvFacts> = {}): string =>
  buildArgv({ plan, family: 4, ranges: rangesOf('10.77.0.0/24'), iface: 'va', privileged: true, local: false, ...other }).join(' ');

test('a sweep asks who is there, on its interface, without DNS', () => {
  assert.equal(argv(PLANS.sweep), '-n -oX - --stats-every 1s --noninteractive -e va --privileged -sn -T4 -- 10.77.0.0/24');
});

test('a port scan is by SYN with raw packets, by connection without, and says which', () => {
  assert.match(argv(PLANS.ports), /--privileged -sS --top-ports 1000 -T4 --host-timeout 600000ms -- /);
  assert.match(argv(PLANS.ports, { privileged: false }), /--unprivileged -sT --top-ports 1000 /);
});

test('versions leave automation and building control alone unless the ports are named one by one', () => {
  assert.match(
    argv(PLANS.services),
    /-sV --script ssh-hostkey,ssl-cert,http-title,http-server-header --script-args ssh_hostkey=sha256 --script-timeout 15s --exclude-ports 102,502,2404,20000,44818,47808 /,
  );
  const named: Plan = { ...PLANS.services, ports: { kind: 'list', ports: [[502, 502]] } };
  assert.match(argv(named), /-p 502 -sV --script ssh-hostkey,\S+ .* -T4/);
  assert.doesNotMatch(argv(PLANS.ports), /exclude/);
});

test('exact ports take the place of the plan’s, of TCP, UDP or both', () => {
  assert.match(
    argv(PLANS.services, {
      ports: {
        tcp: [
          [22, 22],
          [80, 81],
        ],
      },
    }),
    /--privileged -sS -p 22,80-81 -sV /,
  );
  assert.match(argv(PLANS.services, { ports: { udp: [[53, 53]] } }), /--privileged -sU -p U:53 -sV /);
  assert.match(argv(PLANS.services, { ports: { tcp: [[22, 22]], udp: [[53, 53]] } }), /--privileged -sS -sU -p T:22,U:53 -sV /);
  const local = argv(PLANS.services, { ports: { tcp: [[22, 22]] }, local: true, privileged: false });
  assert.match(local, /--unprivileged -sT -p 22 -sV /, 'also of this machine itself, which is else asked for all');
});

test('a UDP scan asks the twenty ports that answer most often', () => {
  assert.match(argv(PLANS.udp), /--privileged -sU --top-ports 20 -T4 --max-rate 300 /);
  assert.match(argv(PLANS.udp, { local: true }), / -sU --top-ports 20 /);
});

test('a plan may take hosts for up', () => {
  assert.match(argv(PLANS.deep), / -Pn -T4 /);
});

test('this machine itself is asked on all ports and at full speed', () => {
  const local = argv(PLANS.ports, { ranges: rangesOf('127.0.0.1'), iface: null, local: true });
  assert.equal(local, '-n -oX - --stats-every 1s --noninteractive --privileged -sS -p 1-65535 -T4 --host-timeout 600000ms -- 127.0.0.1');
  const list: Plan = { ...PLANS.ports, ports: { kind: 'list', ports: [[22, 22]] } };
  assert.match(argv(list, { local: true }), /-p 22 /, 'a list is what was asked for');
});

test('IPv6 is said, and ranges go as the fewest blocks', () => {
  assert.match(argv(PLANS.sweep, { family: 6, ranges: rangesOf('fd77::/126') }), /^-6 .* -- fd77::\/126$/);
  assert.match(
    argv(PLANS.sweep, { ranges: rangesOf('10.0.0.1-10.0.0.6') }),
    / -- 10\.0\.0\.1 10\.0\.0\.2\/31 10\.0\.0\.4\/31 10\.0\.0\.6$/,
  );
});

test('S1: whatever numbers a plan holds, each argument is one of a known shape (property)', () => {
  const number = fc.oneof(fc.double(), fc.integer(), fc.constant(Number.NaN), fc.constant(Number.POSITIVE_INFINITY));
  const ports = fc.oneof(
    number.map((count) => ({ kind: 'top' as const, count })),
    fc.array(fc.tuple(number, number), { maxLength: 4 }).map((list) => ({ kind: 'list' as const, ports: list })),
    fc.constant({ kind: 'all' as const }),
    fc.constant(null),
  );
  const shape =
    /^(?:-n|-oX|-|--stats-every|1s|--noninteractive|-e|va|--privileged|-sn|-sS|-sV|-Pn|-p|-T[234]|--top-ports|--exclude-ports|--script|ssh-hostkey,ssl-cert,http-title,http-server-header[a-z,-]*|--script-args|ssh_hostkey=sha256|--script-timeout|15s|--max-rate|--host-timeout|--|[\d,-]*|\d+ms|10\.77\.0\.0\/24)$/;
  fc.assert(
    fc.property(ports, number, number, fc.boolean(), (choice, maxRate, hostTimeout, versions) => {
      const plan: Plan = { ...PLANS.deep, ports: choice, maxRate, hostTimeout, versions };
      for (const word of buildArgv({ plan, family: 4, ranges: rangesOf('10.77.0.0/24'), iface: 'va', privileged: true, local: false }))
        assert.match(word, shape);
    }),
    { numRuns: 300 },
  );
});

test('a port list survives the way into the arguments', () => {
  const ports = parsePorts('22,80-90,443') ?? [];
  assert.match(argv({ ...PLANS.ports, ports: { kind: 'list', ports } }), / -p 22,80-90,443 /);
});
