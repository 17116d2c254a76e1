import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { deviceSubject, judged, mayBeHere, mayServe, numbered, policy } from '../../../test/make/approval.ts';
import { AT, device, port, service } from '../../../test/make/device.ts';
import { type Approval, holdsAt, portsHold } from '../../core/index.ts';

/** Few ports, products, groups and moments, so that rules meet. */
const PORTS = [22, 23, 80] as const;
const GROUPS = ['iot', 'lab'] as const;
const SERVED = { 22: 'OpenSSH', 23: null, 80: 'nginx' } as const;

const moment = fc.integer({ min: AT - 5, max: AT + 5 });
const life = fc.record({
  at: moment,
  until: fc.option(moment, { nil: null }),
  revoked: fc.option(fc.record({ at: moment, by: fc.constant(null) }, { noNullPrototype: true }), { nil: null }),
});
const ports = fc.subarray([...PORTS], { minLength: 1 }).map((some) => some.join(','));
const group = fc.constantFrom(...GROUPS, null);

const anyService = fc
  .tuple(fc.constantFrom(...PORTS), fc.constantFrom('*', 'OpenSSH *', 'nginx *'), fc.boolean(), life)
  .map(([number, what, exempt, rest]) => mayServe(deviceSubject(1), `${number}/tcp`, what, { ...rest, exempt }));
const anyPolicy = fc
  .tuple(group, fc.constantFrom('only' as const, 'nowhere' as const, 'allowed' as const), ports, life)
  .map(([name, kind, some, rest]) => policy(name, kind, some, rest));
const anyApproval = fc.oneof(
  anyService,
  anyPolicy,
  life.map((rest) => mayBeHere(deviceSubject(1), rest)),
);

const groups = fc.subarray([...GROUPS]);

/** What the page on baselines says, word by word and without any cleverness. */
function expected(number: (typeof PORTS)[number], inForce: readonly Approval[], member: readonly string[]): string {
  const holds = (approval: Approval, kind: string): boolean =>
    approval.permit.kind === kind && 'ports' in approval.permit && portsHold(approval.permit.ports.tcp ?? [], number);
  const mine = inForce.filter(
    ({ subject }) => subject.kind === 'everywhere' || (subject.kind === 'group' && member.includes(subject.name)),
  );
  const services = inForce.flatMap(({ permit }) => (permit.kind === 'service' && permit.port === number ? [permit] : []));
  if (mine.some((rule) => holds(rule, 'nowhere')) && !services.some(({ exempt }) => exempt)) return 'service.forbidden';
  if (services.length > 0) {
    const products = services.map(({ serving }) => (serving.kind === 'product' ? serving.product : null));
    if (products.includes(null)) return 'as approved';
    if (SERVED[number] === null) return 'unknown';
    return products.includes(SERVED[number]) ? 'as approved' : 'service.changed';
  }
  const only = mine.filter(({ permit }) => permit.kind === 'only');
  if (only.length > 0) return only.every((rule) => holds(rule, 'only')) ? 'as approved' : 'service.unapproved';
  return mine.some((rule) => holds(rule, 'allowed')) ? 'as approved' : 'service.unapproved';
}

test('whatever was said, at any moment what is in force then decides, in the order that is written down', () => {
  fc.assert(
    fc.property(fc.array(anyApproval, { maxLength: 8 }), groups, moment, (drawn, member, at) => {
      const here = mayBeHere(deviceSubject(1), { at: AT - 10 });
      const approvals = numbered([here, ...drawn]);
      const open = PORTS.map((number) => port(number, 'open', SERVED[number] === null ? null : service(SERVED[number])));
      const nas = device({ ports: open, groups: member, asked: { tcp: [[1, 1000]] } });
      const { items, unknown } = judged([nas], approvals, { at });
      const inForce = approvals.filter((approval) => holdsAt(approval, at));
      for (const number of PORTS) {
        const told = [...items, ...unknown].filter(({ place }) => place?.port === number);
        assert.ok(told.length <= 1, 'a port is told of once');
        assert.equal(told[0]?.kind ?? 'as approved', expected(number, inForce, member), `port ${number}`);
        const concerned = told[0]?.approval;
        if (typeof concerned === 'number')
          assert.ok(
            inForce.some(({ id }) => id === concerned),
            'what it concerns is in force',
          );
      }
      assert.ok(
        items.every(({ place }) => place !== null),
        'the device itself is approved',
      );
    }),
    { numRuns: 2000 },
  );
});

test('an approval more never makes an approved service unapproved, but a policy may', () => {
  fc.assert(
    fc.property(fc.array(anyApproval, { maxLength: 6 }), anyService, moment, (drawn, more, at) => {
      const here = mayBeHere(deviceSubject(1), { at: AT - 10 });
      const open = PORTS.map((number) => port(number, 'open', SERVED[number] === null ? null : service(SERVED[number])));
      const nas = device({ ports: open, asked: { tcp: [[1, 1000]] } });
      const bare = (approvals: readonly Approval[]): number[] =>
        judged([nas], approvals, { at })
          .items.filter(({ kind }) => kind === 'service.unapproved' || kind === 'service.forbidden')
          .map(({ place }) => place?.port ?? 0);
      const [before, after] = [bare([here, ...drawn]), bare([here, ...drawn, more])];
      assert.deepEqual(
        after.filter((number) => !before.includes(number)),
        [],
      );
    }),
  );
});
