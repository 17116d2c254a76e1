import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device, guess, MINUTE, name, port, seen, service } from '../../test/make/device.ts';
import { Story } from '../../test/make/story.ts';
import {
  type Coverage,
  type Device,
  NO_COVERAGE,
  type Observation,
  type PortSet,
  type PortState,
  parsePorts,
  portStateOf,
} from '../core/index.ts';

const asking = (ports: string): { covers: Coverage } => ({ covers: covering(['10.0.0.0/24'], ports) });
const ASKED: PortSet = [[1, 1000]];
const ssh = service('OpenSSH', { name: 'ssh', version: '9.2' });

const known = (...ports: Device['ports']): Device => device({ ports, asked: { tcp: ASKED } });
const host = (...ports: Observation['ports']): Observation => seen('10.0.0.1', null, { ports });
const folded = (state: PortState, ports: string | null, count = 900): Observation['unlisted'][number] => {
  return { protocol: 'tcp', state, count, ports: ports === null ? null : (parsePorts(ports) ?? []) };
};

function states(story: Story): string {
  return story
    .device(1)
    .ports.map((one) => `${one.port} ${one.state}`)
    .join(', ');
}

test('a port that opens or closes is told; a port learned for the first time is not', () => {
  const story = new Story(device());
  assert.deepEqual(story.at(1, [host(port(22))], asking('1-1000')), []);
  assert.deepEqual(story.at(2, [host(port(22), port(80))], asking('1-1000')), ['port.opened 1']);
  assert.deepEqual(story.at(3, [host(port(22), port(80))], asking('1-1000')), []);
  assert.deepEqual(story.at(4, [host(port(80, 'closed'))], asking('1-1000')), ['port.closed 1', 'port.closed 1']);
  assert.equal(states(story), '');
  assert.deepEqual(story.at(5, [host(port(22))], asking('1-1000')), ['port.opened 1']);
});

test('R36: a UDP service that answers no plain probe is not gone; one that keeps silent when asked for its version is', () => {
  const udp = (state: PortState) => ({ ...port(161, state), protocol: 'udp' as const });
  const silent = (depth: Coverage['depth']): { covers: Coverage } => ({
    covers: { ...covering(['10.0.0.0/24']), ports: { udp: [[1, 200]] }, depth },
  });
  const story = new Story(device({ ports: [udp('open')], asked: { udp: [[1, 200]] } }));
  assert.deepEqual(story.at(1, [host(udp('open|filtered'))], silent('ports')), []);
  const counted = { protocol: 'udp', state: 'open|filtered', count: 200, ports: null } as const;
  assert.deepEqual(story.at(2, [seen('10.0.0.1', null, { unlisted: [counted] })], silent('ports')), []);
  assert.equal(states(story), '161 open');
  assert.deepEqual(story.at(3, [host(udp('open|filtered'))], silent('versions')), ['port.filtered 1']);
});

test('ports a scan did not ask stay as they were', () => {
  const story = new Story(known(port(22), port(443), port(500, 'filtered')));
  assert.deepEqual(story.at(1, [host(port(80))], asking('80,443')), ['port.opened 1', 'port.closed 1']);
  assert.equal(states(story), '22 open, 80 open, 500 filtered');
  assert.deepEqual(story.scan(2, [seen('10.0.0.1')]).touched, [], 'a sweep asks no ports');
});

test('a scan that asks more widens what was asked; one that asks less takes nothing away', () => {
  const story = new Story(device());
  story.at(1, [host()], asking('1-100'));
  story.at(2, [host()], asking('50-200,8080'));
  story.at(3, [host()], asking('7'));
  assert.deepEqual(story.device(1).asked, {
    tcp: [
      [1, 200],
      [8080, 8080],
    ],
  });
  assert.deepEqual(story.scan(4, [host()], asking('1-200')).touched, []);
  assert.equal(portStateOf(story.device(1), 'tcp', 150), 'closed');
  assert.equal(portStateOf(story.device(1), 'udp', 150), 'unknown');
});

test('R8: a host the scan gave up on keeps all its ports, and is present', () => {
  const story = new Story({ ...known(port(22, 'open', ssh)), presence: 'away' });
  assert.deepEqual(story.at(1, [seen('10.0.0.1', null, { timedOut: true })], asking('1-1000')), ['device.returned 1']);
  assert.deepEqual(story.device(1).ports, [port(22, 'open', ssh)]);
  const fresh = new Story(device());
  fresh.at(1, [seen('10.0.0.1', null, { timedOut: true })], asking('1-1000'));
  assert.deepEqual(fresh.device(1).asked, {}, 'nothing was learned of a new one');
});

test('R8: a device that timed out at one of its addresses loses no port that its other address does not show', () => {
  const story = new Story({ ...known(port(22)), names: [name('router')], addresses: device({ at: ['10.0.0.1', '10.0.0.2'] }).addresses });
  const half = [seen('10.0.0.1', null, { timedOut: true }), seen('10.0.0.2', null, { ports: [port(80)] })];
  story.at(1, half, asking('1-1000'));
  assert.equal(states(story), '22 open, 80 open');
});

test('law 2: who asked one address of a device cannot say what is closed at the other', () => {
  const both = [seen('10.0.0.1', 1, { ports: [port(22), port(80)] }), seen('fd00::1', 1)];
  const asks = (target: string): { covers: Coverage } => ({ covers: covering([target], '1-1000') });
  const story = new Story();
  story.at(0, both, { covers: covering(['10.0.0.0/24', 'fd00::1'], '1-1000') });
  assert.deepEqual(story.at(1, [seen('fd00::1', 1, { ports: [port(80, 'filtered'), port(22, 'closed')] })], asks('fd00::1')), []);
  assert.deepEqual(story.at(2, [seen('fd00::1', 1, { ports: [port(443)] })], asks('fd00::1')), ['port.opened 1']);
  assert.equal(states(story), '22 open, 80 open, 443 open');
  assert.deepEqual(story.at(3, both, { covers: covering(['10.0.0.0/24', 'fd00::1'], '1-1000') }), ['port.closed 1']);
});

test('law 2: a device that answers at one of its two addresses loses no port of the other', () => {
  const story = new Story({ ...known(port(22)), addresses: device({ at: ['10.0.0.1', '10.0.0.2'] }).addresses });
  assert.deepEqual(story.at(1, [host()], asking('1-1000')), []);
  assert.deepEqual(story.at(2, [host(), seen('10.0.0.2')], asking('1-1000')), ['port.closed 1']);
});

test('an address where nobody has been seen for long keeps no port open', () => {
  const story = new Story({ ...known(port(22)), addresses: device({ at: ['10.0.0.1', 'fe80::1'] }).addresses });
  assert.deepEqual(story.at(59, [host()], { ...asking('1-1000'), stale: 60 * MINUTE }), []);
  assert.deepEqual(story.at(61, [host()], { ...asking('1-1000'), stale: 60 * MINUTE }), ['port.closed 1']);
});

test('law 2: a host outside the coverage opens ports but closes none', () => {
  const story = new Story(known(port(22)));
  const elsewhere = { covers: { ...covering(['10.0.9.0/24'], '1-1000') } };
  assert.deepEqual(story.at(1, [host(port(80), port(2000))], elsewhere), ['port.opened 1']);
  assert.equal(states(story), '22 open, 80 open, 2000 open');
});

test('law 1: what a failed scan did see is kept, and nothing else follows from it', () => {
  const story = new Story(known(port(22)));
  assert.deepEqual(story.at(1, [host(port(80))], { covers: NO_COVERAGE }), ['port.opened 1']);
  assert.deepEqual(story.at(2, [host(port(80, 'closed'))], { covers: NO_COVERAGE }), ['port.closed 1']);
  assert.equal(states(story), '22 open');
});

test('a port that was asked and not listed is what the scan says of the unlisted', () => {
  const after = (...unlisted: Observation['unlisted']): string => {
    const story = new Story(known(port(22), port(443)));
    story.at(1, [seen('10.0.0.1', null, { unlisted })], asking('1-1000'));
    return states(story);
  };
  assert.equal(after(), '');
  assert.equal(after(folded('closed', null)), '');
  assert.equal(after(folded('filtered', null)), '22 filtered, 443 filtered');
  assert.equal(after(folded('filtered', null, 10), folded('closed', null, 990)), '', 'the biggest group decides');
  assert.equal(after(folded('closed', '1-400'), folded('filtered', '401-1000')), '443 filtered', 'an exact list decides');
  assert.equal(after(folded('closed', null, 990), folded('filtered', '22')), '22 filtered', 'an exact list beats a bigger group');
  assert.equal(after({ ...folded('filtered', null), protocol: 'udp' }), '', 'other protocols say nothing');
  assert.equal(after(folded('unknown', null)), '22 open, 443 open', 'no answer takes no knowledge away');
});

test('an open port that went silent is filtered, told once, and forgets its service', () => {
  const story = new Story(known(port(22, 'open', ssh)));
  const silent = [seen('10.0.0.1', null, { unlisted: [folded('filtered', null)] })];
  assert.deepEqual(story.at(1, silent, asking('1-1000')), ['port.filtered 1']);
  assert.deepEqual(story.at(2, silent, asking('1-1000')), []);
  assert.deepEqual(story.device(1).ports, [port(22, 'filtered')]);
  assert.deepEqual(story.at(3, [host(port(22))], asking('1-1000')), ['port.opened 1']);
});

test('a port listed as unknown keeps what was known of it, and is not called closed when nothing was', () => {
  const story = new Story(known(port(22, 'open', ssh)));
  assert.deepEqual(story.at(1, [host(port(22, 'unknown'), port(80, 'unknown'))], asking('1-1000')), []);
  assert.deepEqual(story.device(1).ports, [port(22, 'open', ssh), port(80, 'unknown')]);
  assert.equal(portStateOf(story.device(1), 'tcp', 80), 'unknown');
});

test('a service that was asked is never replaced by a name from the port table, nor by none', () => {
  const story = new Story(known(port(22, 'open', ssh)));
  for (const worse of [guess('ssh'), guess('telnet'), null]) {
    assert.deepEqual(story.scan(1, [host(port(22, 'open', worse))], asking('1-1000')).touched, []);
    assert.deepEqual(story.device(1).ports, [port(22, 'open', ssh)]);
  }
  const newer = service('OpenSSH', { name: 'ssh', version: '9.9' });
  assert.deepEqual(story.at(2, [host(port(22, 'open', newer))], asking('1-1000')), ['service.changed 1']);
  assert.deepEqual(story.device(1).ports[0]?.service, newer);
});

test('a name from the port table gives way to what the service says, which is learning and no change', () => {
  const story = new Story(known(port(22, 'open', guess('ssh'))));
  assert.deepEqual(story.at(1, [host(port(22, 'open', ssh))], asking('1-1000')), []);
  assert.deepEqual(story.device(1).ports[0]?.service, ssh);
});

test('a device that answers at several addresses has a port as open as it is at any of them, in any order', () => {
  const two = (a: PortState, b: PortState): string => {
    const story = new Story();
    const hosts = [seen('10.0.0.1', 1, { ports: [port(22, a)] }), seen('10.0.0.2', 1, { ports: [port(22, b)] })];
    story.at(0, hosts, asking('22'));
    return states(story);
  };
  for (const [worse, better] of [
    ['closed', 'open'],
    ['filtered', 'open'],
    ['closed', 'filtered'],
    ['unknown', 'filtered'],
  ] as const) {
    assert.equal(two(worse, better), `22 ${better}`);
    assert.equal(two(better, worse), `22 ${better}`);
  }
});

test('ports of different protocols are told apart', () => {
  const story = new Story(known(port(53)));
  const covers: Coverage = { ...covering(['10.0.0.0/24']), ports: { tcp: [[53, 53]], udp: [[53, 53]] } };
  assert.deepEqual(story.at(1, [host({ ...port(53), protocol: 'udp' })], { covers }), ['port.closed 1']);
  assert.deepEqual(story.device(1).ports, [{ ...port(53), protocol: 'udp' }]);
});

test('R41: a tarpit with every port open folds, again and away, in no time', () => {
  const all = Array.from({ length: 65_536 }, (_, number) => port(number, 'open', guess(`service-${number}`)));
  const story = new Story(device());
  const started = performance.now();
  story.at(1, [host(...all)], asking('0-65535'));
  assert.equal(story.device(1).ports.length, 65_536);
  assert.deepEqual(story.scan(2, [host(...all)], asking('0-65535')).touched, []);
  assert.equal(story.at(3, [host()], asking('0-65535')).length, 65_536);
  const each = (performance.now() - started) / 3;
  assert.ok(each < 3000, `${each} ms`);
});

const versions = (ports: string): { covers: Coverage } => ({ covers: { ...covering(['10.0.0.0/24'], ports), depth: 'versions' } });
const checks = (story: Story): string =>
  story
    .device(1)
    .ports.map((one) => `${one.port} ${one.checkedAt === undefined ? 'never' : (one.checkedAt - AT) / MINUTE}`)
    .join(', ');

test('when a service was asked last is known, also when it kept silent, and is no change', () => {
  const story = new Story(device());
  story.at(1, [host(port(22), port(80))], asking('1-1000'));
  assert.equal(checks(story), '22 never, 80 never');
  assert.deepEqual(story.at(2, [host(port(22, 'open', ssh))], versions('22')), []);
  assert.equal(checks(story), '22 2, 80 never');
  assert.deepEqual(story.at(3, [host(port(22), port(80))], asking('1-1000')), [], 'a look that asks no versions');
  assert.equal(checks(story), '22 2, 80 never');
  assert.deepEqual(story.at(4, [host(port(22), port(80))], versions('1-1000')), []);
  assert.equal(checks(story), '22 4, 80 4');
  assert.equal(story.device(1).ports[0]?.service?.product, 'OpenSSH');
});

test('a port that opens again is to be asked anew, as is one on which the tool gave up', () => {
  const story = new Story(device());
  story.at(1, [host(port(22, 'open', ssh))], versions('22'));
  story.at(2, [host(port(22, 'closed'))], asking('22'));
  story.at(3, [host(port(22))], asking('22'));
  assert.equal(checks(story), '22 never');
  story.at(4, [{ ...host(), timedOut: true }], versions('22'));
  assert.equal(checks(story), '22 never');
});

test('of hosts that were asked different ports each is judged by its own', () => {
  const two = device({
    id: 2,
    macs: [],
    at: ['10.0.0.2'],
    ports: [port(22), port(80)],
    asked: { tcp: ASKED },
  });
  const story = new Story(known(port(22), port(80)), two);
  const apart: Coverage = {
    ...covering(['10.0.0.1-10.0.0.2']),
    depth: 'versions',
    apart: [
      { addresses: covering(['10.0.0.1']).addresses, ports: { tcp: [[22, 22]] } },
      { addresses: covering(['10.0.0.2']).addresses, ports: { tcp: [[80, 80]] } },
    ],
  };
  assert.deepEqual(story.at(1, [host(), seen('10.0.0.2', null, {})], { covers: apart }), ['port.closed 1', 'port.closed 2']);
  assert.equal(states(story), '80 open');
  assert.deepEqual(
    story.device(2).ports.map(({ port: number }) => number),
    [22],
  );
});
