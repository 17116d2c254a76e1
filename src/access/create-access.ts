import type { Access } from './access.ts';
import { signInElsewhere } from './elsewhere.ts';
import { signIn } from './entering.ts';
import type { AccessParts } from './parts.ts';
import { addUser, changePassword, editUser, removeUser } from './people.ts';
import * as proofs from './proofs.ts';
import { recognise, stands } from './recognising.ts';
import { isSetUp, setUp, setupLink } from './setting-up.ts';
import { wire } from './wired.ts';

/** Who may come in, by what the store holds. Takes and writes nothing before somebody asks to. */
export async function createAccess(parts: AccessParts): Promise<Access> {
  const wired = wire(parts);
  const { book, desk, auditor, touches } = wired;
  await book.load(parts.store, parts.clock.now());
  return {
    claim: () => desk.inTurn(async () => {}),
    recognise: (shown) => recognise(wired, shown),
    stands: (caller) => stands(wired, caller),
    onLoss: (listener) => desk.onLoss(listener),
    isSetUp: () => isSetUp(wired),
    elsewhere: parts.elsewhere ?? false,
    elsewhereLabel: parts.elsewhereLabel ?? null,
    setupLink: () => setupLink(wired),
    setup: (order) => setUp(wired, order),
    signIn: (order) => signIn(wired, order),
    signInElsewhere: (order) => signInElsewhere(wired, order),
    signOut: (caller) => proofs.signOut(wired, caller),
    changePassword: (caller, order) => changePassword(wired, caller, order),
    users: () => book.users,
    userOf: ({ user }) => book.user(user) ?? null,
    nameOf: (user) => book.user(user)?.name ?? null,
    addUser: (draft) => addUser(wired, draft),
    editUser: (name, edit) => editUser(wired, name, edit),
    removeUser: (name) => removeUser(wired, name),
    signIns: (caller) => proofs.signInsFor(wired, caller),
    endSignIn: async (caller, id) => proofs.endSignIn(wired, caller, id),
    tokens: (caller) => proofs.tokensFor(wired, caller),
    addToken: async (caller, draft) => proofs.addToken(wired, caller, draft),
    revokeToken: async (caller, id) => proofs.revokeToken(wired, caller, id),
    audit: (query) => parts.store.audit(query),
    record: (entry) => auditor.record(entry),
    async stop() {
      await touches.settled();
      await desk.settled();
    },
  };
}
