import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ApprovalJson, ApprovedJson, DriftItemJson, DriftJson } from '../../src/contract/index.ts';
import { Fault } from '../../src/core/index.ts';
import { rollcall } from './fake-world.ts';

const item = (over: Partial<DriftItemJson>): DriftItemJson => ({
  kind: 'service.unapproved',
  device: { id: 7, name: 'nas', addresses: ['192.0.2.20'], macs: [] },
  port: { protocol: 'tcp', port: 8080 },
  service: 'http',
  found: 'nginx 1.18.0',
  approved: null,
  reason: 'nobody approved it',
  approval: null,
  ...over,
});

const drift = (items: readonly DriftItemJson[], over: Partial<DriftJson> = {}): DriftJson => ({
  subject: 'home',
  at: '2026-11-21T12:00:00.000Z',
  begun: true,
  devices: 5,
  asApproved: 4,
  items: [...items],
  unknown: [],
  ...over,
});

const asked = (answer: DriftJson, ...words: string[]) =>
  rollcall(['baseline', 'diff', ...words], { answers: { 'approvals.drift': () => answer } });

const nobody = (address: string, name: string | null = null) => ({ id: null, name, addresses: [address], macs: [] });

describe('baseline diff', () => {
  test('S2.3: nothing is said when nothing differs', async () => {
    const { code, out, err, calls } = await asked(drift([]));
    assert.deepEqual([code, out, err, calls], [0, '', '', [{ operation: 'approvals.drift', input: {} }]]);
  });

  test('S2.3: what was added, removed and changed is told machine by machine, and is exit code 1', async () => {
    const { code, out } = await asked(
      drift([
        item({}),
        item({ port: { protocol: 'udp', port: 161 }, service: 'snmp', found: null }),
        item({
          kind: 'service.missing',
          port: { protocol: 'tcp', port: 22 },
          service: 'ssh',
          found: null,
          approved: 'OpenSSH 9.2p1',
          reason: 'it is closed',
        }),
        item({ kind: 'service.changed', port: { protocol: 'tcp', port: 80 }, found: 'nginx 1.20', approved: 'nginx 1.18.0' }),
        item({
          kind: 'service.forbidden',
          port: { protocol: 'tcp', port: 23 },
          service: 'telnet',
          found: 'telnet',
          reason: 'policy 2: nowhere 23/tcp',
        }),
        item({
          kind: 'device.missing',
          device: nobody('192.0.2.9', 'old'),
          port: null,
          service: '',
          found: null,
          reason: 'nobody answers there',
        }),
        item({ kind: 'device.unapproved', device: { ...nobody('192.0.2.66'), id: 9 }, port: null, service: '', found: '22/tcp OpenSSH 9' }),
      ]),
    );
    assert.equal(code, 1);
    assert.equal(
      out,
      `The machine 192.0.2.20 (nas) has had the following services added:
  8080/tcp http  nginx 1.18.0    (nobody approved it)
  161/udp snmp      (nobody approved it)
The machine 192.0.2.20 (nas) has had the following services removed:
  22/tcp ssh  OpenSSH 9.2p1    (it is closed)
The machine 192.0.2.20 (nas) has had the following services changed:
  80/tcp http  nginx 1.18.0 -> nginx 1.20
The machine 192.0.2.20 (nas) has the following services, which are forbidden:
  23/tcp  telnet    (policy 2: nowhere 23/tcp)
The machine 192.0.2.9 (old) is missing: nobody answers there
The machine 192.0.2.66 has been added:
  22/tcp OpenSSH 9    (nobody approved it)
`,
    );
  });

  test('S: what a machine calls itself cannot move the cursor', async () => {
    const { out } = await asked(
      drift([item({ found: 'x\u001b[2J', device: { id: 1, name: '\u202ea', addresses: ['192.0.2.1'], macs: [] } })]),
    );
    assert.ok(!out.includes('\u001b') && !out.includes('\u202e'));
  });

  test('devices that nobody could look at are noted, also where nothing differs', async () => {
    const unknown = [item({ kind: 'unknown', port: null, reason: 'nobody has looked for it lately' })];
    const quiet = await asked(drift([], { unknown }));
    assert.deepEqual([quiet.code, quiet.out, quiet.err], [0, '', 'cannot be said of 1 device; --verbose says why\n']);
    assert.equal((await asked(drift([], { unknown }), '--quiet')).err, '');
    assert.equal((await asked(drift([], { unknown }), '--verbose')).err, 'unknown: 192.0.2.20 (nas): nobody has looked for it lately\n');
    const services = [item({ kind: 'unknown', reason: 'it is filtered' })];
    assert.equal((await asked(drift([], { unknown: services }))).err, '', 'of services only beside drift');
    assert.match((await asked(drift([item({})], { unknown: [...unknown, ...services] }))).err, /cannot be said of 1 device and 1 service/);
  });

  test('a target, a moment and a filter go along; as JSON all of it comes out', async () => {
    const { calls, code, json } = await asked(drift([item({})]), '192.0.2.0/28', '--at', 'yesterday', '--filter', 'group:iot', '--json');
    assert.deepEqual(calls[0]?.input, { target: '192.0.2.0/28', at: '2026-11-20T12:00:00.000Z', filter: 'group:iot' });
    assert.equal(code, 1);
    assert.deepEqual(json(), drift([item({})]));
  });

  test('S2.4: where there is no baseline the command that makes one is named, with exit code 2', async () => {
    const none = new Fault('not-found', 'judging drift of home: there is no baseline yet', 'make one with "rollcall baseline make"');
    const answers = {
      'approvals.drift': () => {
        throw none;
      },
    };
    const { code, err } = await rollcall(['baseline', 'diff'], { answers });
    assert.deepEqual(
      [code, err],
      [2, 'rollcall: judging drift of home: there is no baseline yet\n  remedy: make one with "rollcall baseline make"\n'],
    );
  });

  test('where only policies could be judged, that is said', async () => {
    assert.match((await asked(drift([item({})], { begun: false }))).err, /only policies were judged: no device is approved yet/);
  });
});

const APPROVED: ApprovedJson = { devices: 1, services: 1, portOnly: 0, made: 1, already: 0, replaced: 0, away: 0, leftOut: [] };

describe('baseline approve, revoke and policy', () => {
  const approve = (...words: string[]) =>
    rollcall(['baseline', 'approve', ...words], { answers: { 'approvals.approve': () => APPROVED }, env: { USER: 'ada' } });

  test('devices by name, with a service, a range, an end and a reason', async () => {
    const { out, calls } = await approve(
      'nas',
      '10.0.0.9',
      '--service',
      '22/tcp',
      '--service',
      '53/udp',
      '--version',
      '>=9.2 <10',
      '--until',
      '90d',
      '--why',
      'new',
    );
    assert.equal(out, 'approved 1 service of 1 device\n');
    assert.deepEqual(calls[0]?.input, {
      devices: ['nas', '10.0.0.9'],
      services: ['22/tcp', '53/udp'],
      version: '>=9.2 <10',
      until: '2027-02-19T12:00:00.000Z',
      by: 'ada',
      why: 'new',
      dryRun: false,
    });
  });

  test('a day means to its end, a time means that time', async () => {
    const until = async (text: string) => (await approve('nas', '--until', text)).calls[0]?.input.until;
    assert.equal(await until('2027-01-31'), '2027-02-01T00:00:00.000Z');
    assert.equal(await until('2027-01-31T12:30'), '2027-01-31T12:30:00.000Z');
  });

  test('many by a filter, first as a dry run', async () => {
    const { out, calls } = await approve('--filter', 'group:iot -tag:new', '--dry-run');
    assert.equal(out, 'would approve 1 device and 1 service\n');
    assert.deepEqual(calls[0]?.input, { filter: 'group:iot -tag:new', by: 'ada', dryRun: true });
  });

  const approval = (over: Partial<ApprovalJson>): ApprovalJson => ({
    id: 3,
    device: '02:00:5e:00:53:01',
    name: 'nas',
    at: '2026-11-20T12:00:00.000Z',
    inForce: true,
    deviceId: 7,
    revoked: null,
    ...over,
  });

  test('revoke says what ended', async () => {
    const answers = { 'approvals.revoke': () => [approval({ port: '22/tcp', product: 'OpenSSH', version: '>=9' }), approval({ id: 4 })] };
    const { out, calls } = await rollcall(['baseline', 'revoke', 'nas', '--service', '22'], { answers, env: { USER: 'eve' } });
    assert.equal(out, 'revoked 3: nas (02:00:5e:00:53:01) 22/tcp OpenSSH >=9\nrevoked 4: nas (02:00:5e:00:53:01) may be here\n');
    assert.deepEqual(calls[0]?.input, { devices: ['nas'], services: ['22'], by: 'eve' });
    const byId = await rollcall(['baseline', 'revoke', '--id', '3', '--id', '#4'], { answers });
    assert.deepEqual(byId.calls[0]?.input, { ids: [3, 4] });
  });

  test('a policy reads as it is said, with or without punctuation', async () => {
    const answers = { 'approvals.policy': () => approval({ device: undefined, name: undefined, group: 'iot', only: '80,443' }) };
    const said = async (...words: string[]) => (await rollcall(['baseline', 'policy', ...words], { answers })).calls[0]?.input;
    assert.deepEqual(await said('iot', 'only', '80,443'), { group: 'iot', rule: 'only', ports: '80,443' });
    assert.deepEqual(await said('iot:', 'only', '80,', '443'), { group: 'iot', rule: 'only', ports: '80,443' });
    assert.deepEqual(await said('nowhere:', '23/tcp'), { rule: 'nowhere', ports: '23/tcp' });
    assert.deepEqual(await said('everywhere', 'allowed', '22', '--why', 'ssh'), { rule: 'allowed', ports: '22', why: 'ssh' });
    assert.equal((await rollcall(['baseline', 'policy', 'iot', 'only', '80'], { answers })).out, 'policy 3: group iot only 80,443\n');
  });

  test('list shows what is in force, and with --all what is over', async () => {
    const approvals = [
      approval({ port: '22/tcp', serves: 'OpenSSH 9.2p1', by: 'ada', why: 'new', until: '2027-01-31T00:00:00.000Z' }),
      approval({ id: 4, inForce: false, revoked: { at: '2026-11-21T00:00:00.000Z', by: 'eve' } }),
      approval({
        id: 5,
        device: undefined,
        name: undefined,
        everywhere: true,
        nowhere: '23',
        inForce: false,
        until: '2026-11-21T00:00:00.000Z',
      }),
    ];
    const { out, calls } = await rollcall(['baseline', 'list', '--all', '--at', '1h'], { answers: { 'approvals.list': () => approvals } });
    assert.deepEqual(calls[0]?.input, { over: 'yes', at: '2026-11-21T11:00:00.000Z' });
    assert.deepEqual(
      out.split('\n').map((line) => line.split(/ {2,}/).join('|')),
      [
        'ID|OF|WHAT|BY|SINCE|UNTIL|WHY',
        '3|nas (02:00:5e:00:53:01)|22/tcp OpenSSH 9.2p1|ada|2026-11-20 12:00:00|until 2027-01-31 00:00:00|new',
        '4|nas (02:00:5e:00:53:01)|may be here|-|2026-11-20 12:00:00|revoked 2026-11-21 00:00:00 by eve|-',
        '5|everywhere|nowhere 23|-|2026-11-20 12:00:00|expired 2026-11-21 00:00:00|-',
        '',
      ],
    );
    const none = await rollcall(['baseline', 'list'], { answers: { 'approvals.list': () => [] } });
    assert.match(none.err, /nothing is approved; approve all that is there with "rollcall baseline make"/);
  });
});
