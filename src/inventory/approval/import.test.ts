import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { deviceSubject, hostSubject, mayBeHere, mayServe, numbered, policy, rollWith } from '../../../test/make/approval.ts';
import { AT, device, HOUR, mac } from '../../../test/make/device.ts';
import { anyEntry } from '../../../test/make/entries.ts';
import { type Approval, type ApprovalEntry, type Device, entryOf, orFault, readEntry } from '../../core/index.ts';
import { importEntries } from './import.ts';

const nas = device({ macs: [{ mac: mac(1), vendor: null }], alias: 'nas' });

const importing = (
  entries: readonly ApprovalEntry[],
  approvals: readonly Approval[] = [],
  { gently = false, devices = [nas] as readonly Device[] } = {},
) =>
  importEntries(
    entries.map((entry) => orFault(readEntry(entry))),
    { roll: rollWith(...devices), approvals: numbered(approvals), at: AT + 1, gently },
  );

/** What an import came to, as approvals in force. */
const made = (drafts: ReturnType<typeof importing>['drafts']): Approval[] =>
  numbered(drafts.map((draft) => ({ ...draft, id: 0, revoked: null })));

const texts = (entries: readonly ApprovalEntry[]): string[] =>
  [...new Set(entries.map((entry) => JSON.stringify(Object.entries(entry).sort())))].sort();

test('a host that is known becomes the device it is; another waits', () => {
  const { drafts, unseen } = importing([{ device: mac(1) }, { device: '10.0.0.1', port: '22/tcp' }, { device: '10.0.0.9', name: 'new' }]);
  assert.deepEqual(
    drafts.map(({ subject }) => subject),
    [deviceSubject(1, 'nas'), deviceSubject(1, 'nas'), hostSubject('10.0.0.9', 'new')],
  );
  assert.equal(unseen, 1);
});

test('what is approved so already adds nothing, however it was said', () => {
  const entries: ApprovalEntry[] = [
    { device: mac(1), by: 'ada' },
    { group: 'iot', only: '443,80' },
  ];
  for (const known of [mayBeHere(deviceSubject(1), { by: 'ada' }), mayBeHere(hostSubject('10.0.0.1'), { by: 'ada' })]) {
    const again = importing(entries, [known, policy('iot', 'only', '80,443')]);
    assert.deepEqual([again.drafts, again.replaces, again.already], [[], [], 2]);
  }
});

test('about the same port of the same device, the file takes the place of what was said; several of one file stand together', () => {
  const entries: ApprovalEntry[] = [
    { device: mac(1), port: '22/tcp', product: 'OpenSSH' },
    { device: mac(1), port: '22/tcp', product: 'Dropbear' },
  ];
  const { drafts, replaces } = importing(entries, [
    mayServe(deviceSubject(1), '22/tcp', 'OpenSSH 9.0'),
    mayServe(deviceSubject(1), '80/tcp'),
  ]);
  assert.deepEqual([drafts.length, replaces], [2, [1]]);
  const again = importing(entries, made(drafts));
  assert.deepEqual([again.drafts, again.replaces], [[], []]);
});

test('"only" takes the place of another of the same group, "nowhere" and "allowed" stand beside', () => {
  const known = [policy('iot', 'only', '80'), policy('lab', 'only', '80'), policy('iot', 'nowhere', '23'), policy(null, 'allowed', '22')];
  const { replaces } = importing(
    [
      { group: 'iot', only: '443' },
      { group: 'iot', nowhere: '21' },
      { everywhere: true, allowed: '53/udp' },
    ],
    known,
  );
  assert.deepEqual(replaces, [1]);
});

test('what has expired is left out, and what is over is nobody’s place', () => {
  const { drafts, expired } = importing([{ device: mac(1), until: new Date(AT).toISOString() }, { device: '10.0.0.9' }]);
  assert.deepEqual([drafts.length, expired], [1, 1]);
  const over = importing([{ device: mac(1) }], [mayBeHere(deviceSubject(1), { revoked: { at: AT, by: null } })]);
  assert.deepEqual([over.drafts.length, over.replaces], [1, []]);
});

test('gently, what fits stays as it is: the port, the product, the range, the text with or without brackets', () => {
  const entry = (serves: string): ApprovalEntry[] => [{ device: mac(1), port: '22/tcp', serves }];
  const stays = (known: string, serves: string): boolean =>
    importing(entry(serves), [mayServe(deviceSubject(1), '22/tcp', known, { until: AT + HOUR })], { gently: true }).drafts.length === 0;
  for (const known of ['*', 'OpenSSH 9.2p1', 'OpenSSH *', 'OpenSSH >=9 <10']) assert.ok(stays(known, 'OpenSSH 9.2p1'), known);
  assert.ok(stays('OpenSSH 9.2p1', 'OpenSSH 9.2p1 (protocol 2.0)') && stays('OpenSSH 9.2p1 (protocol 2.0)', 'OpenSSH 9.2p1'));
  assert.ok(stays('OpenSSH >=9', 'OpenSSH'), 'as it was exported');
  for (const known of ['OpenSSH 9.0', 'Dropbear *', 'OpenSSH >=9.3', 'Open *']) assert.ok(!stays(known, 'OpenSSH 9.2p1'), known);
});

test('whatever entries there are: taken in by another store, the same come out, and taken in again they add nothing', () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { maxLength: 10 }), (entries) => {
      const first = importing(entries, [], { devices: [] });
      assert.deepEqual([first.replaces, first.expired], [[], 0]);
      const again = importing(entries, made(first.drafts), { devices: [] });
      assert.deepEqual([again.drafts, again.replaces], [[], []]);
      const out = first.drafts.map((draft) => entryOf(draft, ''));
      const nameless = ({ name: _, service: __, ...entry }: ApprovalEntry): ApprovalEntry => entry;
      const apart = new Set(texts(entries.map(nameless))).size === texts(entries).length;
      if (apart) assert.deepEqual(texts(out), texts(entries));
    }),
    { numRuns: 300 },
  );
});
