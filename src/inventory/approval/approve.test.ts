import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { deviceSubject, hostSubject, judged, mayBeHere, mayServe, numbered, policy, rollWith } from '../../../test/make/approval.ts';
import { anyDevice } from '../../../test/make/arbitraries.ts';
import { AT, device, guess, HOUR, port, service } from '../../../test/make/device.ts';
import { type Approval, type Device, Fault, orFault, parsePlace, parseVersionRange } from '../../core/index.ts';
import { type ApproveOrder, approve } from './approve.ts';
import { servingText } from './serving.ts';

const nas = device({
  ports: [port(22, 'open', service('OpenSSH', { name: 'ssh', version: '9.2p1' })), port(80, 'open', guess('http')), port(443, 'filtered')],
  asked: { tcp: [[1, 1000]] },
});
const one = deviceSubject(1);

const order = (over: Partial<ApproveOrder> = {}): ApproveOrder => ({
  devices: [nas],
  unseen: [],
  places: null,
  closeness: 'exact',
  byName: false,
  by: 'ada',
  why: null,
  at: AT + 1,
  until: null,
  ...over,
});

const approving = (over: Partial<ApproveOrder> = {}, approvals: readonly Approval[] = [], devices: readonly Device[] = [nas]) =>
  approve(order(over), { roll: rollWith(...devices), approvals: numbered(approvals) });

const places = (...texts: string[]) => texts.map((text) => orFault(parsePlace(text)));

/** "22/tcp OpenSSH 9.2p1"; of a device "here". */
const texts = ({ drafts }: ReturnType<typeof approve>): string[] =>
  drafts.map(({ permit }) => (permit.kind === 'service' ? `${permit.port}/${permit.protocol} ${servingText(permit.serving)}` : 'here'));

const refused = (code: string, text: RegExp) => (thrown: unknown) =>
  thrown instanceof Fault && thrown.code === code && text.test(thrown.message);

describe('approving devices', () => {
  test('what is named twice is approved once, however it is spelled', () => {
    const unseen = approving({ devices: [], unseen: ['02:00:5e:00:53:99', '02:00:5E:00:53:99', '02-00-5e-00-53-99'], byName: true });
    assert.deepEqual([unseen.drafts.length, unseen.devices], [1, 1]);
    const told = approving({ places: places('22', 'tcp/22', '22/tcp'), byName: true });
    assert.deepEqual([texts(told), told.services], [['22/tcp OpenSSH 9.2p1'], 1]);
  });

  test('approves the device and what is open on it, as it is; what nobody could tell as a port', () => {
    const told = approving();
    assert.deepEqual(texts(told), ['here', '22/tcp OpenSSH 9.2p1', '80/tcp whatever serves']);
    assert.deepEqual([told.devices, told.services, told.portOnly, told.already], [1, 2, 1, 0]);
    assert.deepEqual(told.drafts[0], {
      site: 'home',
      subject: deviceSubject(1),
      permit: { kind: 'presence' },
      by: 'ada',
      why: null,
      at: AT + 1,
      until: null,
    });
  });

  test('any version of the product, the port alone, or a range', () => {
    const of = (closeness: ApproveOrder['closeness'], ...which: string[]) =>
      texts(approving({ closeness, byName: true, places: places(...which) }));
    assert.deepEqual(of('any', '22'), ['22/tcp any OpenSSH']);
    assert.deepEqual(of('port', '22'), ['22/tcp whatever serves']);
    assert.deepEqual(of(orFault(parseVersionRange('>=9 <10')), '22'), ['22/tcp OpenSSH >=9 <10']);
    assert.throws(() => of(orFault(parseVersionRange('>=9')), '80'), refused('bad-input', /nobody knows which product serves there/));
  });

  test('a service that is not open yet may be approved beforehand', () => {
    assert.deepEqual(texts(approving({ byName: true, places: places('8080', '53/udp') })), [
      '8080/tcp whatever serves',
      '53/udp whatever serves',
    ]);
  });

  test('a host that nobody knows yet too', () => {
    const told = approving({ devices: [], unseen: ['10.0.0.9'], byName: true, places: places('22') });
    assert.deepEqual(told.drafts[0]?.subject, hostSubject('10.0.0.9'));
    assert.deepEqual(texts(told), ['22/tcp whatever serves']);
  });

  test('in bulk, what fits already stays as it is, so that no end and no range is lost', () => {
    const known = [
      mayBeHere(one, { until: AT + HOUR }),
      mayServe(one, '22/tcp', 'OpenSSH >=9', { until: AT + HOUR }),
      mayServe(one, '80/tcp', '*', { why: 'old' }),
    ];
    const told = approving({}, known);
    // The moment somebody came by would make it last for ever.
    assert.deepEqual([texts(told), told.replaces, told.already], [[], [], 3]);
  });

  test('in bulk, what does not fit takes the place of what was approved', () => {
    const told = approving({}, [mayBeHere(one), mayServe(one, '22/tcp', 'OpenSSH 9.0'), mayServe(one, '80/tcp')]);
    assert.deepEqual([texts(told), told.replaces, told.already], [['22/tcp OpenSSH 9.2p1'], [2], 2]);
  });

  test('by name, what is said anew takes the place of what was said, unless it is the same', () => {
    const known = [mayServe(one, '22/tcp', 'OpenSSH 9.2p1', { until: AT + HOUR })];
    assert.deepEqual(approving({ byName: true, places: places('22') }, known).replaces, [1]);
    const same = approving({ byName: true, places: places('22'), until: AT + HOUR }, known).drafts;
    assert.equal(same.length, 1, 'it may say "ssh" now, which was not known before');
  });

  test('what a policy forbids is left out in bulk, refused by name, and exempt with a reason', () => {
    const rule = [policy(null, 'nowhere', '22', { why: 'no shells' })];
    const bulk = approving({ why: 'all of it' }, rule);
    assert.deepEqual(texts(bulk), ['here', '80/tcp whatever serves']);
    assert.deepEqual(
      bulk.leftOut.map(({ place, reason }) => [place.port, reason]),
      [[22, 'policy 1: nowhere 22/tcp (no shells)']],
    );
    assert.throws(() => approving({ byName: true, places: places('22') }, rule), refused('refused', /policy 1: nowhere 22\/tcp/));
    const exempt = approving({ byName: true, places: places('22'), why: 'the console' }, rule);
    assert.equal(exempt.drafts[0]?.permit.kind === 'service' && exempt.drafts[0].permit.exempt, true);
    const early = approving({ byName: true, places: places('22'), why: 'the console' });
    assert.equal(
      early.drafts[0]?.permit.kind === 'service' && early.drafts[0].permit.exempt,
      false,
      'a policy that comes later was not meant',
    );
  });
});

test('whatever is there: once all of it is approved nothing differs, and to approve it again adds nothing', () => {
  fc.assert(
    fc.property(fc.array(anyDevice, { maxLength: 6 }), (drawn) => {
      const devices = drawn.map((each, index) => ({
        ...each,
        id: index + 1,
        site: 'home',
        mergedInto: null,
        presence: 'present' as const,
      }));
      const first = approving({ devices }, [], devices);
      const made = numbered(first.drafts.map((draft) => ({ ...draft, id: 0, revoked: null })));
      const drift = judged(devices, made);
      assert.deepEqual(drift.items, []);
      assert.equal(first.devices, devices.length);
      const again = approving({ devices }, made, devices);
      assert.deepEqual([again.drafts, again.replaces], [[], []]);
    }),
    { numRuns: 200 },
  );
});
