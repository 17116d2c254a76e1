import assert from 'node:assert/strict';
import type { ApprovalDraft, ApprovalWork, ChangeDraft } from '../../../src/core/index.ts';
import { NO_COVERAGE } from '../../../src/core/index.ts';
import type { Tell } from '../store.ts';
import { MINUTE, SITE, START } from './scene.ts';

const draft = (over: Partial<ApprovalDraft> = {}): ApprovalDraft => ({
  site: SITE,
  subject: { kind: 'device', device: 7, named: 'nas "é"' },
  permit: { kind: 'service', protocol: 'tcp', port: 22, called: 'ssh', serving: { kind: 'exact', text: 'OpenSSH 9.2p1' }, exempt: false },
  by: 'ada',
  why: null,
  at: START,
  until: null,
  ...over,
});

const POLICY = draft({
  subject: { kind: 'group', name: 'iot' },
  permit: { kind: 'only', ports: { tcp: [[80, 80]], udp: [[53, 60]] } },
  by: null,
  why: 'cameras',
  at: START + MINUTE,
  until: START + 5 * MINUTE,
});

const adding = (add: readonly ApprovalDraft[]): ApprovalWork => ({ add, revoke: [], revoked: { at: 0, by: null } });
const revoking = (revoke: readonly number[], revoked: ApprovalWork['revoked']): ApprovalWork => ({ add: [], revoke, revoked });

const expired: ChangeDraft = { kind: 'approval.expired', device: null, before: { approval: 1 }, after: { text: 'over' } };
const word = { plan: 'edit', coverage: NO_COVERAGE } as const;

export function approvalStories(tell: Tell): void {
  tell('approvals are kept whole, each site its own, in the order they were made', async ({ store, lease }, { reopen }) => {
    assert.deepEqual(await store.approvals({ site: SITE }), []);
    assert.deepEqual(await store.writeApprovals(adding([]), lease), []);
    const made = await store.writeApprovals(adding([draft(), POLICY, draft({ site: 'cabin' })]), lease);
    assert.deepEqual(
      made.map(({ id: _, ...rest }) => rest),
      [draft(), POLICY, draft({ site: 'cabin' })].map((one) => ({ ...one, revoked: null })),
    );
    assert.equal(new Set(made.map(({ id }) => id)).size, 3);
    assert.deepEqual(await store.approvals({ site: SITE }), made.slice(0, 2));
    assert.deepEqual(await store.approvals({ site: SITE, madeBy: START }), made.slice(0, 1));
    assert.deepEqual(await store.approvals({ site: 'cabin' }), made.slice(2));
    const again = await reopen?.();
    if (again) assert.deepEqual(await again.approvals({ site: SITE }), made.slice(0, 2));
  });

  tell('thousands are made and revoked at once, with numbers in their order', async ({ store, lease }) => {
    const drafts = Array.from({ length: 1234 }, (_, n) => draft({ why: String(n) }));
    const made = await store.writeApprovals(adding(drafts), lease);
    assert.ok(made.every(({ id, why }, n) => why === String(n) && (n === 0 || id > (made[n - 1]?.id ?? 0))));
    assert.deepEqual(await store.approvals({ site: SITE }), made);
    await store.writeApprovals(
      revoking(
        made.slice(1).map(({ id }) => id),
        { at: START + 1, by: null },
      ),
      lease,
    );
    assert.equal((await store.approvals({ site: SITE })).filter(({ revoked }) => revoked === null).length, 1);
  });

  tell('what is revoked stays as history, and is not revoked again', async ({ store, lease }) => {
    const [first, second] = await store.writeApprovals(adding([draft(), POLICY]), lease);
    assert.ok(first && second);
    await store.writeApprovals(revoking([first.id, 99], { at: START + MINUTE, by: 'eve' }), lease);
    await store.writeApprovals(revoking([first.id], { at: START + 2 * MINUTE, by: 'mallory' }), lease);
    assert.deepEqual(await store.approvals({ site: SITE }), [{ ...first, revoked: { at: START + MINUTE, by: 'eve' } }, second]);
  });

  tell('law 4: an expiry is told once, together with the changes that tell it', async ({ store, lease, commit }, { reopen }) => {
    const [, policy, brief, revoked] = await store.writeApprovals(
      adding([draft(), POLICY, draft({ until: START + MINUTE }), draft({ until: START + MINUTE })]),
      lease,
    );
    assert.ok(policy && brief && revoked);
    await store.writeApprovals(revoking([revoked.id], { at: START + 30_000, by: null }), lease);
    await store.writeApprovals(revoking([brief.id], { at: START + 2 * MINUTE, by: null }), lease);
    const untold = async (at: number, from = store) => (await from.approvals({ site: SITE, untold: at })).map(({ id }) => id);
    assert.deepEqual(await untold(START + MINUTE - 1), []);
    assert.deepEqual(await untold(START + MINUTE), [brief.id], 'revoked afterwards, it had expired before');
    assert.deepEqual(await untold(START + 5 * MINUTE), [policy.id, brief.id]);
    await assert.rejects(
      commit(START + MINUTE, {
        expired: [brief.id],
        changes: [expired],
        scan: word,
        created: [
          { device: 1, firstSeen: 1 },
          { device: 1, firstSeen: 1 },
        ],
      }),
    );
    assert.deepEqual(await untold(START + MINUTE), [brief.id], 'a commit that fails has told nobody');
    await commit(START + MINUTE, { expired: [brief.id], changes: [expired], scan: word });
    assert.deepEqual(await untold(START + 5 * MINUTE), [policy.id]);
    const again = await reopen?.();
    if (again) assert.deepEqual(await untold(START + 5 * MINUTE, again), [policy.id]);
  });

  tell('nobody writes approvals without the lease', async ({ store, lease }) => {
    const lost = { fence: lease.fence - 1 };
    await assert.rejects(store.writeApprovals(adding([draft()]), lost), /lease|somebody else/);
    await assert.rejects(store.writeApprovals(revoking([1], { at: START, by: null }), lost), /lease|somebody else/);
    assert.deepEqual(await store.approvals({ site: SITE }), []);
  });
}
