import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault, type FaultCode, type Instant, orFault, parsePlace, parsePortLists, readEntry } from '../../src/core/index.ts';
import type { ApproveRequest, DriftAnswer, Keeper, PolicyRequest } from '../../src/watch/index.ts';
import { gists } from '../make/approval.ts';
import { covering, HOUR, MINUTE, port, seen, service } from '../make/device.ts';
import type { Answer } from './scripted-prober.ts';
import { declared, every, LAN, type Stand, stand, told, type Wish, watching } from './stand.ts';

const DAY = 24 * HOUR;
const FAR = '10.0.1.0/24';
const config = watching(declared(LAN, every(HOUR)));

const ssh = (version = '9.2p1') => port(22, 'open', service('OpenSSH', { name: 'ssh', version }));
/** Two hosts, one of which serves. A look that asks ports comes with the sweep, so that one script does. */
const nas = (...ports: ReturnType<typeof port>[]) => seen('10.0.0.1', 1, { ports });
const camera = seen('10.0.0.2', 2, { ports: [port(80)] });
const looks = (...hosts: ReturnType<typeof seen>[]): Answer => ({ hosts, coverage: covering([LAN], '1-1000') });

const house = async (first: Answer, wish: Wish = {}): Promise<Stand & { now: (answer: Answer) => Promise<void> }> => {
  let answer = first;
  const built = await stand({ config, script: () => answer, ...wish });
  await built.clock.pass(HOUR);
  const now = async (next: Answer): Promise<void> => {
    answer = next;
    await built.clock.pass(HOUR);
  };
  return { ...built, now };
};

const ALL: ApproveRequest = {
  choice: { kind: 'target', target: null },
  places: null,
  closeness: 'exact',
  by: 'ada',
  why: null,
  until: null,
  dryRun: false,
};
const ofOne = (device: number, place: string, over: Partial<ApproveRequest> = {}): ApproveRequest => ({
  ...ALL,
  choice: { kind: 'named', devices: [device], unseen: [] },
  places: [orFault(parsePlace(place))],
  ...over,
});
const RULE: PolicyRequest = { group: null, rule: 'nowhere', ports: orFault(parsePortLists('23')), by: null, why: null, until: null };

const driftOf = async (keeper: Keeper, at: Instant | null = null, target: string | null = null): Promise<DriftAnswer> =>
  keeper.drift({ target, at });
const drifts = async (keeper: Keeper, at: Instant | null = null, target: string | null = null): Promise<string[]> =>
  gists((await driftOf(keeper, at, target)).items);

const refused =
  (code: FaultCode, text: RegExp, remedy = /./) =>
  (thrown: unknown) =>
    thrown instanceof Fault && thrown.code === code && text.test(thrown.message) && remedy.test(thrown.remedy ?? '');

test('S2: what is there is approved at once; what comes, changes and goes since is drift', async () => {
  const home = await house(looks(nas(ssh()), camera));
  const { keeper } = home;
  const { devices, services, portOnly, made } = await keeper.approve(ALL);
  assert.deepEqual({ devices, services, portOnly, made }, { devices: 2, services: 2, portOnly: 1, made: 4 });
  assert.deepEqual(await drifts(keeper), []);
  await home.now(looks(nas(ssh('9.3'), port(808)), camera, seen('10.0.0.3', 3)));
  assert.deepEqual(await drifts(keeper), ['1 service.changed 22/tcp', '1 service.unapproved 808/tcp', '3 device.unapproved']);
  await home.now(looks(nas(), seen('10.0.0.3', 3)));
  await home.clock.pass(2 * HOUR);
  assert.deepEqual(await drifts(keeper), ['1 service.missing 22/tcp', '2 device.missing', '3 device.unapproved']);
  const again = await keeper.approve(ALL);
  assert.deepEqual([again.made, again.already, again.away], [1, 1, 1], 'the stranger is new, the silent one is left alone');
  assert.deepEqual(await drifts(keeper), ['1 service.missing 22/tcp', '2 device.missing']);
  await home.end();
});

test('law 2: when nobody can look any more, nothing is drift', async () => {
  const home = await house(looks(nas(ssh())));
  await home.keeper.approve(ALL);
  await home.now({ outcome: 'failed' });
  await home.clock.pass(3 * DAY);
  const drift = await driftOf(home.keeper);
  assert.deepEqual([gists(drift.items), gists(drift.unknown)], [[], ['1 unknown']]);
  await home.end();
});

test('S2.4: where nothing was approved yet, the command that does it is named', async () => {
  const home = await house(looks(nas(ssh())));
  const none = (target: string | null, remedy: RegExp) =>
    assert.rejects(driftOf(home.keeper, null, target), refused('not-found', /judging drift of .*: there is no baseline yet/, remedy));
  await none(null, /make one with "rollcall baseline make"$/);
  await none('10.0.0.0/28', /make one with "rollcall baseline make 10\.0\.0\.0\/28"$/);
  await home.keeper.approve({ ...ALL, choice: { kind: 'target', target: LAN } });
  await none(FAR, /rollcall baseline make 10\.0\.1\.0\/24/);
  assert.deepEqual(await drifts(home.keeper, null, LAN), []);
  await assert.rejects(driftOf(home.keeper, home.clock.now() + HOUR), refused('bad-input', /in the future/));
  await home.end();
});

test('where a moment was kept, a target without approvals has a baseline: nothing was there', async () => {
  const home = await house(looks(nas(ssh())));
  await home.keeper.makeBaseline({ target: null, by: null, note: null });
  await home.keeper.approve(ALL);
  assert.deepEqual((await driftOf(home.keeper, null, FAR)).items, []);
  await home.end();
});

test('drift of any moment is judged by what was believed and in force then', async () => {
  const home = await house(looks(nas(ssh())));
  const { keeper, clock } = home;
  const before = clock.now();
  await clock.pass(MINUTE);
  await keeper.approve(ALL);
  const approved = clock.now();
  await home.now(looks(nas(ssh(), port(8080))));
  const open = clock.now();
  await clock.pass(MINUTE);
  await keeper.approve(ofOne(1, '8080', { until: clock.now() + DAY }));
  const allowed = clock.now();
  await clock.pass(2 * DAY);
  assert.deepEqual(await drifts(keeper), ['1 service.unapproved 8080/tcp'], 'it has expired');
  assert.deepEqual(await drifts(keeper, allowed), []);
  assert.deepEqual(await drifts(keeper, open), ['1 service.unapproved 8080/tcp']);
  assert.deepEqual(await drifts(keeper, approved), []);
  await assert.rejects(driftOf(keeper, before), refused('not-found', /no baseline yet/));
  await home.end();
});

test('what is revoked is drift from then on, and in force before', async () => {
  const home = await house(looks(nas(ssh())));
  const { keeper, clock } = home;
  await keeper.approve(ALL);
  const then = clock.now();
  await clock.pass(MINUTE);
  const ended = await keeper.revoke({ kind: 'devices', devices: [1], unseen: [], places: [orFault(parsePlace('22'))] }, 'eve');
  assert.deepEqual(
    ended.map(({ approval: { permit }, device }) => [permit.kind, device?.id]),
    [['service', 1]],
  );
  assert.deepEqual(await drifts(keeper), ['1 service.unapproved 22/tcp']);
  assert.match((await driftOf(keeper)).items[0]?.reason ?? '', /approval 2 by ada was revoked/);
  assert.deepEqual(await drifts(keeper, then), []);
  await assert.rejects(keeper.revoke({ kind: 'ids', ids: [2] }, null), refused('not-found', /revoking approval 2/, /baseline list/));
  await assert.rejects(
    keeper.revoke({ kind: 'devices', devices: [9], unseen: [], places: null }, null),
    refused('not-found', /nothing in force/),
  );
  const [all, inForce] = [await keeper.approvals({ at: null, all: true }), await keeper.approvals({ at: null, all: false })];
  assert.deepEqual([all.length, inForce.length, (await keeper.approvals({ at: then, all: false })).length], [2, 1, 2]);
  await home.end();
});

test('a dry run says what it would come to, and writes nothing', async () => {
  const home = await house(looks(nas(ssh())));
  assert.equal((await home.keeper.approve({ ...ALL, dryRun: true })).made, 2);
  assert.deepEqual(await home.keeper.approvals({ at: null, all: true }), []);
  await assert.rejects(home.keeper.approve({ ...ALL, until: home.clock.now() }), refused('bad-input', /that is over/));
  await home.end();
});

test('approved twice at once, it is approved once', async () => {
  const home = await house(looks(nas(ssh())));
  const [first, second] = await Promise.all([home.keeper.approve(ALL), home.keeper.approve(ALL)]);
  assert.deepEqual([first.made, second.made, second.already], [2, 0, 2]);
  await home.end();
});

test('a policy takes effect at once; "only" takes the place of another, "nowhere" stands beside', async () => {
  const home = await house(looks(camera));
  const { keeper } = home;
  await keeper.editDevices([1], { groups: { add: ['iot'] } });
  await keeper.approve(ALL);
  const only = (ports: string): Promise<unknown> =>
    keeper.makePolicy({ ...RULE, group: 'iot', rule: 'only', ports: orFault(parsePortLists(ports)) });
  await only('443');
  await only('8443');
  await keeper.makePolicy(RULE);
  const same = await keeper.makePolicy(RULE);
  await keeper.makePolicy({ ...RULE, ports: orFault(parsePortLists('80')) });
  const rules = (await keeper.approvals({ at: null, all: false })).flatMap(({ approval: { permit, id } }) =>
    permit.kind === 'presence' || permit.kind === 'service' ? [] : [`${id} ${permit.kind}`],
  );
  assert.deepEqual(rules, ['4 only', '5 nowhere', '6 nowhere']);
  assert.equal(same.id, 5);
  assert.deepEqual(await drifts(keeper), ['1 service.forbidden 80/tcp']);
  await home.end();
});

test('approvals go with a merge, come back with the split, and end with the device', async () => {
  const twin = seen('10.0.0.2', 2, { ports: [ssh()] });
  const home = await house(looks(nas(ssh()), twin));
  const { keeper } = home;
  await keeper.approve(ALL);
  await keeper.mergeDevices({ keep: 1, absorb: [2] });
  assert.deepEqual(await drifts(keeper), []);
  await keeper.undoMerge({ device: '1', part: null });
  assert.deepEqual(await drifts(keeper), []);
  await keeper.forgetDevices([2]);
  assert.deepEqual(await drifts(keeper), []);
  await home.now(looks(nas(ssh()), twin));
  assert.deepEqual(await drifts(keeper), ['3 device.unapproved'], 'whoever comes again is a stranger');
  await home.end();
});

test('S2: a host approved before it was ever seen is missing, and the device once it comes', async () => {
  const home = await house(looks(camera));
  const { keeper } = home;
  const entries = [
    { device: '10.0.0.1' },
    { device: '10.0.0.1', port: '22/tcp', serves: 'OpenSSH 9.2p1' },
    { device: '10.0.0.2', port: '80/tcp' },
  ];
  const imported = await keeper.importApprovals({
    entries: entries.map((entry) => orFault(readEntry(entry))),
    gently: false,
    dryRun: false,
  });
  assert.deepEqual(imported, { made: 3, already: 0, replaced: 0, expired: 0, unseen: 2 });
  assert.deepEqual(await drifts(keeper), ['10.0.0.1 device.missing']);
  await home.now(looks(camera, nas(ssh())));
  assert.deepEqual(await drifts(keeper), []);
  const again = await keeper.importApprovals({ entries: entries.map((entry) => orFault(readEntry(entry))), gently: false, dryRun: false });
  assert.deepEqual([again.made, again.replaced], [0, 0], 'whoever it is by now, it is approved so');
  await home.end();
});

test('gently, a list without reasons and ends takes none away', async () => {
  const home = await house(looks(nas(ssh())));
  const { keeper, clock } = home;
  await keeper.approve({ ...ALL, choice: { kind: 'found', devices: [1] }, until: clock.now() + DAY, why: 'for a day' });
  const entries = [{ device: '10.0.0.1' }, { device: '10.0.0.1', port: '22/tcp', serves: 'OpenSSH 9.2p1' }].map((entry) =>
    orFault(readEntry(entry)),
  );
  assert.equal((await keeper.importApprovals({ entries, gently: true, dryRun: false })).made, 0);
  assert.deepEqual(await keeper.importApprovals({ entries, gently: false, dryRun: true }), {
    made: 2,
    already: 0,
    replaced: 2,
    expired: 0,
    unseen: 0,
  });
  await home.end();
});

/** Changes of expiry, as "seq kind". */
const expiries = async ({ store }: Pick<Stand, 'store'>): Promise<unknown[]> =>
  (await store.changes({ limit: 100, kinds: ['approval.expired'] })).map(({ device, before, after }) => [
    device,
    before?.['approval'],
    after?.['text'],
  ]);

test('law 4: an expiry is told once, with the first look after it, whatever is started again', async () => {
  const home = await house(looks(nas(ssh())));
  const { keeper, clock, store } = home;
  await keeper.approve({ ...ALL, until: clock.now() + 2 * HOUR });
  await home.now(looks(nas(ssh())));
  assert.deepEqual(await expiries(home), []);
  await home.now(looks(nas(ssh())));
  const both = [
    [1, 1, 'may be here, approved by ada'],
    [1, 2, '22/tcp OpenSSH 9.2p1, approved by ada'],
  ];
  assert.deepEqual(await expiries(home), both);
  assert.deepEqual(await drifts(keeper), ['1 device.unapproved']);
  await clock.pass(5 * HOUR);
  assert.deepEqual(await expiries(home), both);
  await home.end();
  const next = await stand({ config, store, clock, script: () => looks(nas(ssh())) });
  await clock.pass(3 * HOUR);
  assert.deepEqual(await expiries(next), both);
  await told(next); // numbered without a gap
  await next.end();
});

test('law 4: what expired while nobody watched is told at the start', async () => {
  const home = await house(looks(nas(ssh())));
  const { keeper, clock, store } = home;
  await keeper.makePolicy({ ...RULE, until: clock.now() + HOUR, why: 'until the move' });
  await home.end();
  clock.suspend(3 * DAY);
  const next = await stand({ config: watching(), store, clock });
  assert.deepEqual(await expiries(next), [[null, 1, 'everywhere nowhere 23/tcp: until the move']]);
  await next.end();
});
