import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deviceSubject, gists, hostSubject, judged, mayBeHere, mayServe, policy, rollWith } from '../../../test/make/approval.ts';
import { AT, covering, device, guess, HOUR, mac, name, port, service } from '../../../test/make/device.ts';
import type { Approval, Device } from '../../core/index.ts';

const SSH = service('OpenSSH', { name: 'ssh', version: '9.2p1 Debian 2+deb12u2', extra: 'protocol 2.0' });
const nas = device({
  ports: [port(22, 'open', SSH), port(80, 'open', service('nginx', { version: '1.18.0' }))],
  asked: { tcp: [[1, 1000]] },
});
const one = deviceSubject(1);

describe('what differs from what was approved', () => {
  const cases: Record<string, { approvals: readonly Approval[]; of?: Device; items?: readonly string[]; unknown?: readonly string[] }> = {
    'nothing, when each service is approved as it is': {
      approvals: [mayServe(one, '22/tcp', 'OpenSSH 9.2p1 Debian 2+deb12u2'), mayServe(one, '80/tcp', 'nginx 1.18.0')],
    },
    'nothing, when it is approved with what it adds in brackets, as in a table of nmap': {
      approvals: [mayServe(one, '22/tcp', 'OpenSSH 9.2p1 Debian 2+deb12u2 (protocol 2.0)'), mayServe(one, '80/tcp')],
    },
    'a device that nobody approved': { approvals: [mayBeHere(deviceSubject(2))], items: ['1 device.unapproved'] },
    'a service that nobody approved': { approvals: [mayBeHere(one), mayServe(one, '22/tcp')], items: ['1 service.unapproved 80/tcp'] },
    'another version than the approved one, as one change': {
      approvals: [mayServe(one, '22/tcp'), mayServe(one, '80/tcp', 'nginx 1.18.1')],
      items: ['1 service.changed 80/tcp'],
    },
    'another product at the port': {
      approvals: [mayServe(one, '22/tcp', 'Dropbear *'), mayServe(one, '80/tcp', 'nginx *')],
      items: ['1 service.changed 22/tcp'],
    },
    'a version out of its range': {
      approvals: [mayServe(one, '22/tcp', 'OpenSSH >=9.2 <10'), mayServe(one, '80/tcp', 'nginx >=1.20')],
      items: ['1 service.changed 80/tcp'],
    },
    'nothing, where one of several approvals of a port fits': {
      approvals: [mayServe(one, '22/tcp', 'Dropbear *'), mayServe(one, '22/tcp', 'OpenSSH *'), mayServe(one, '80/tcp')],
    },
    'an approved service that is closed by now': {
      approvals: [mayServe(one, '22/tcp'), mayServe(one, '80/tcp'), mayServe(one, '443/tcp')],
      items: ['1 service.missing 443/tcp'],
    },
    'law 2: nothing of an approved service whose port nobody asked': {
      approvals: [mayServe(one, '22/tcp'), mayServe(one, '80/tcp'), mayServe(one, '8080/tcp'), mayServe(one, '53/udp')],
      unknown: ['1 unknown 8080/tcp', '1 unknown 53/udp'],
    },
    'law 2: nothing of an approved service behind a filter': {
      approvals: [mayServe(one, '22/tcp'), mayServe(one, '80/tcp')],
      of: { ...nas, ports: [port(22, 'filtered'), port(80, 'open')] },
      unknown: ['1 unknown 22/tcp'],
    },
    'law 2: nothing of a version that nobody could tell': {
      approvals: [mayServe(one, '22/tcp', 'OpenSSH 9.2p1'), mayServe(one, '80/tcp', 'nginx *')],
      of: { ...nas, ports: [port(22), port(80, 'open', guess('http'))] },
      unknown: ['1 unknown 22/tcp', '1 unknown 80/tcp'],
    },
    'law 2: nothing of a version that cannot be compared': {
      approvals: [mayServe(one, '22/tcp', 'OpenSSH >=9.2'), mayServe(one, '80/tcp')],
      of: { ...nas, ports: [port(22, 'open', service('OpenSSH', { version: '8.X - 9.X' })), port(80)] },
      unknown: ['1 unknown 22/tcp'],
    },
    'a port that may be open or filtered is no service': {
      approvals: [mayBeHere(one)],
      of: { ...nas, ports: [{ ...port(161, 'open|filtered'), protocol: 'udp' }] },
    },
    'a device that is away': { approvals: [mayBeHere(one)], of: { ...nas, presence: 'away' }, items: ['1 device.missing'] },
    'only the device, when it is away with its services': {
      approvals: [mayBeHere(one), mayServe(one, '443/tcp')],
      of: { ...nas, presence: 'away' },
      items: ['1 device.missing'],
    },
    'law 2: nothing of a device that nobody looked at lately': {
      approvals: [mayServe(one, '443/tcp')],
      of: { ...nas, presence: 'unknown' },
      unknown: ['1 unknown'],
    },
    'nothing of a stranger who has left': { approvals: [mayBeHere(deviceSubject(2))], of: { ...nas, presence: 'away' } },
  };
  for (const [title, { approvals, of = nas, items = [], unknown = [] }] of Object.entries(cases))
    test(title, () => {
      const drift = judged([of], approvals);
      assert.deepEqual([gists(drift.items), gists(drift.unknown)], [items, unknown]);
      assert.equal(drift.asApproved, items.length + unknown.length === 0 ? 1 : 0);
      for (const { reason } of [...drift.items, ...drift.unknown]) assert.ok(reason.length > 5, 'each says why');
    });

  test('what was approved and what serves instead are both told, with the approval it concerns', () => {
    const [item] = judged([nas], [mayServe(one, '22/tcp', 'OpenSSH 9.0', { by: 'ada' }), mayServe(one, '80/tcp')]).items;
    assert.deepEqual(
      [item?.approved, item?.found, item?.approval, item?.called, item?.reason],
      ['OpenSSH 9.0', 'OpenSSH 9.2p1 Debian 2+deb12u2', 1, 'ssh', 'OpenSSH 9.2p1 Debian 2+deb12u2 serves; approved is OpenSSH 9.0'],
    );
  });

  test('that a phone is away is no deviation: it goes with its owner', () => {
    const phone = device({ id: 1, presence: 'away' });
    assert.deepEqual(judged([phone], [mayBeHere(one)], { typeOf: () => 'phone' }).items, []);
    assert.deepEqual(
      gists(judged([{ ...phone, labels: { ...phone.labels, carried: false } }], [mayBeHere(one)], { typeOf: () => 'phone' }).items),
      ['1 device.missing'],
    );
  });
});

describe('what approvals hold at a moment', () => {
  const brief = [mayBeHere(one), mayServe(one, '22/tcp'), mayServe(one, '80/tcp', '*', { until: AT + HOUR, by: 'ada' })];

  test('an approval ends when it expires, and the reason says so', () => {
    assert.deepEqual(judged([nas], brief, { at: AT + HOUR - 1 }).items, []);
    const [item, ...others] = judged([nas], brief, { at: AT + HOUR }).items;
    assert.deepEqual(others, []);
    assert.equal(item?.kind, 'service.unapproved');
    assert.equal(item.reason, 'nobody approved it; approval 3 by ada expired 2026-01-05T09:00:00.000Z');
  });

  test('one that was revoked held until then', () => {
    const revoked = [mayBeHere(one), mayServe(one, '22/tcp'), mayServe(one, '80/tcp', '*', { revoked: { at: AT + 5, by: 'eve' } })];
    assert.deepEqual(judged([nas], revoked, { at: AT + 4 }).items, []);
    const [item] = judged([nas], revoked, { at: AT + 5 }).items;
    assert.match(item?.reason ?? '', /approval 3 was revoked 2026-01-05T08:00:00.005Z/);
  });

  test('one that is made later does not hold before', () => {
    const later = [mayBeHere(one), mayServe(one, '22/tcp'), mayServe(one, '80/tcp', '*', { at: AT + 10 })];
    assert.deepEqual(gists(judged([nas], later, { at: AT + 9 }).items), ['1 service.unapproved 80/tcp']);
    assert.deepEqual(judged([nas], later, { at: AT + 10 }).items, []);
  });

  test('of a device whose approvals all expired it is the device that is unapproved again', () => {
    const over = [mayBeHere(one, { until: AT + HOUR }), mayBeHere(deviceSubject(2))];
    const [item] = judged([nas], over, { at: AT + 2 * HOUR }).items;
    assert.deepEqual(
      [item?.kind, item?.approval, item?.found],
      ['device.unapproved', 1, '22/tcp OpenSSH 9.2p1 Debian 2+deb12u2, 80/tcp nginx 1.18.0'],
    );
  });
});

describe('policies', () => {
  const camera = device({ ports: [port(23), port(80), port(554)], groups: ['iot'], asked: { tcp: [[1, 1000]] } });
  const here = mayBeHere(one);

  test('"only" makes any other open port of the group drift, and approves those it names', () => {
    const drift = judged([camera], [here, policy('iot', 'only', '23,80')]);
    assert.deepEqual(gists(drift.items), ['1 service.unapproved 554/tcp']);
    assert.equal(drift.items[0]?.reason, 'policy 2: iot only 23/tcp,80/tcp');
    assert.equal(drift.items[0]?.approval, 2);
  });

  test('however a file spells the group', () => {
    assert.deepEqual(gists(judged([camera], [here, policy('IoT', 'only', '23,80')]).items), ['1 service.unapproved 554/tcp']);
  });

  test('of other groups it says nothing', () => {
    assert.deepEqual(gists(judged([camera], [here, policy('lab', 'only', '23')]).items), [
      '1 service.unapproved 23/tcp',
      '1 service.unapproved 80/tcp',
      '1 service.unapproved 554/tcp',
    ]);
  });

  test('of TCP ports alone it leaves no UDP port', () => {
    const both = { ...camera, ports: [port(80), { ...port(80), protocol: 'udp' as const }] };
    assert.deepEqual(gists(judged([both], [here, policy('iot', 'only', '80')]).items), ['1 service.unapproved 80/udp']);
    assert.deepEqual(judged([both], [here, policy('iot', 'only', '80,80/udp')]).items, []);
  });

  test('an approval of the service beats "only", which beats "allowed"', () => {
    const rules = [here, policy('iot', 'only', '80'), policy(null, 'allowed', '23,554')];
    assert.deepEqual(gists(judged([camera], rules).items), ['1 service.unapproved 23/tcp', '1 service.unapproved 554/tcp']);
    assert.deepEqual(gists(judged([camera], [...rules, mayServe(one, '554/tcp')]).items), ['1 service.unapproved 23/tcp']);
  });

  test('in two groups with an "only" each, both must hold the port', () => {
    const both = { ...camera, labels: { ...camera.labels, groups: ['iot', 'lab'] } };
    assert.deepEqual(gists(judged([both], [here, policy('iot', 'only', '23,80'), policy('lab', 'only', '80,554')]).items), [
      '1 service.unapproved 23/tcp',
      '1 service.unapproved 554/tcp',
    ]);
  });

  test('"nowhere" beats everything but an approval by name and with a reason', () => {
    const nowhere = policy(null, 'nowhere', '23/tcp', { why: 'plain text' });
    const rest = [here, mayServe(one, '80/tcp'), mayServe(one, '554/tcp'), nowhere];
    for (const allowing of [[], [mayServe(one, '23/tcp')], [policy('iot', 'allowed', '23')], [policy('iot', 'only', '23,80,554')]]) {
      const [item, ...others] = judged([camera], [...rest, ...allowing]).items;
      assert.deepEqual([item?.kind, item?.place?.port, others.length], ['service.forbidden', 23, 0]);
      assert.equal(item?.reason, 'policy 4: nowhere 23/tcp (plain text)');
    }
    assert.deepEqual(judged([camera], [...rest, mayServe(one, '23/tcp', '*', { exempt: true })]).items, []);
  });

  test('what is forbidden is told of strangers too', () => {
    assert.deepEqual(gists(judged([camera], [mayBeHere(deviceSubject(9)), policy('iot', 'nowhere', '23')]).items), [
      '1 device.unapproved',
      '1 service.forbidden 23/tcp',
    ]);
  });

  test('where no device is approved yet, only policies are judged', () => {
    const drift = judged([camera, device({ id: 2, at: ['10.0.0.2'], ports: [port(99)] })], [policy('iot', 'only', '80,554')]);
    assert.deepEqual([gists(drift.items), drift.begun], [['1 service.unapproved 23/tcp'], false]);
  });

  test('a policy that is over says nothing', () => {
    const rule = policy(null, 'nowhere', '80', { until: AT + 1 });
    assert.deepEqual(gists(judged([nas], [mayServe(one, '22/tcp'), mayServe(one, '80/tcp'), rule]).items), []);
  });
});

describe('hosts that were approved before anybody knew them', () => {
  test('are missing where somebody looked, and unknown where nobody did', () => {
    const drift = judged(
      [],
      [mayBeHere(hostSubject('10.0.0.9', 'nas')), mayBeHere(hostSubject('10.9.0.9')), mayBeHere(hostSubject(mac(5)))],
    );
    assert.deepEqual([gists(drift.items), gists(drift.unknown)], [['10.0.0.9 device.missing'], ['10.9.0.9 unknown', `${mac(5)} unknown`]]);
    assert.equal(drift.items[0]?.device.name, 'nas');
  });

  test('are the device that answers to the address, hardware address or name', () => {
    const known = { ...nas, macs: [{ mac: mac(1), vendor: null }], names: [name('nas.lan')] };
    for (const reference of ['10.0.0.1', mac(1), 'NAS.lan'])
      assert.deepEqual(judged([known], [mayServe(hostSubject(reference), '22/tcp'), mayServe(hostSubject(reference), '80/tcp')]).items, []);
  });

  test('at an address that two devices had, the one who was seen there last is meant', () => {
    const gone = device({ id: 2, presence: 'away', seenAt: AT - HOUR });
    const approvals = [mayServe(hostSubject('10.0.0.1'), '22/tcp'), mayServe(hostSubject('10.0.0.1'), '80/tcp')];
    assert.deepEqual(judged([nas, gone], approvals).items, []);
  });

  test('S: nobody gets approved by calling itself like another, nor by a name that two have', () => {
    const approvals = [mayBeHere(hostSubject('nas.lan'))];
    assert.deepEqual(gists(judged([{ ...nas, names: [name('nas.lan', 'mdns')] }], approvals).items), ['1 device.unapproved']);
    const twins = [1, 2].map((id) => device({ id, at: [`10.0.0.${id}`], names: [name('nas.lan')] }));
    assert.deepEqual(gists(judged(twins, approvals).items), ['1 device.unapproved', '2 device.unapproved']);
  });

  test('of a target only those whose address lies in it are judged', () => {
    const approvals = [mayBeHere(hostSubject('10.0.0.9')), mayBeHere(hostSubject(mac(5)))];
    const drift = judged([], approvals, { within: (address) => address === '10.0.0.8' });
    assert.deepEqual([drift.items, drift.unknown, drift.begun], [[], [], true]);
    assert.equal(judged([], approvals, { within: (address) => address === '10.0.0.8', kept: false }).begun, false);
  });
});

describe('merged, split and forgotten devices', () => {
  test('the approvals of a part are those of the whole, until the merge is taken back', () => {
    const part = device({ id: 2, at: ['10.0.0.2'], mergedInto: 1 });
    const approvals = [mayBeHere(one), mayServe(one, '22/tcp'), mayServe(deviceSubject(2), '80/tcp')];
    assert.deepEqual(judged([nas, part], approvals).items, []);
    const apart = [
      { ...nas, ports: [port(22), port(80)] },
      { ...part, mergedInto: null, ports: [port(80)] },
    ];
    assert.deepEqual(gists(judged(apart, approvals).items), ['1 service.unapproved 80/tcp']);
  });

  test('a device that was split off is approved by nobody', () => {
    const split = device({ id: 5, at: ['10.0.0.5'] });
    assert.deepEqual(gists(judged([nas, split], [mayServe(one, '22/tcp'), mayServe(one, '80/tcp')]).items), ['5 device.unapproved']);
  });

  test('one that was forgotten is not missing, and not approved when it comes again', () => {
    assert.deepEqual(judged([], [mayBeHere(one)]).items, []);
    assert.deepEqual(gists(judged([device({ id: 7 })], [mayBeHere(one)]).items), ['7 device.unapproved']);
  });

  test('the roll in which somebody is meant is the one of the moment', () => {
    const approvals = [mayBeHere(hostSubject('10.0.0.1'))];
    const roll = rollWith(device({ id: 3 }));
    assert.deepEqual(judged([], approvals, { roll, coverage: covering([]) }).items, []);
  });
});
