import type { AccessStore, Lease } from '../../core/index.ts';
import { insertAudit, pruneAudit, readAudit } from './audit.ts';
import type { Tables, Trx } from './schema.ts';
import { changeSignIns, insertSignIn, pruneSignIns, readSignIns } from './sign-ins.ts';
import { changeTokens, insertToken, readTokens } from './tokens.ts';
import { changeUser, deleteUser, insertUser, readUsers } from './users.ts';

/** One transaction, refused when the lease was lost. */
type Leased = <T>(lease: Lease, work: (trx: Trx) => Promise<T>) => Promise<T>;

/** The part of the store that remembers who may come in. */
export const accessStore = (reader: Tables, leased: Leased): AccessStore => ({
  users: () => readUsers(reader),
  addUser: (user, lease) => leased(lease, (trx) => insertUser(trx, user)),
  updateUser: (user, lease) => leased(lease, (trx) => changeUser(trx, user)),
  removeUser: (id, lease) => leased(lease, (trx) => deleteUser(trx, id)),
  signIns: (at) => readSignIns(reader, at),
  addSignIn: (signIn, lease) => leased(lease, (trx) => insertSignIn(trx, signIn)),
  updateSignIns: (signIns, lease) => leased(lease, (trx) => changeSignIns(trx, signIns)),
  tokens: () => readTokens(reader),
  addToken: (token, lease) => leased(lease, (trx) => insertToken(trx, token)),
  updateTokens: (tokens, lease) => leased(lease, (trx) => changeTokens(trx, tokens)),
  addAudit: (entry, lease) => leased(lease, (trx) => insertAudit(trx, entry)),
  audit: (query) => readAudit(reader, query),
  async prune(before, lease) {
    const over = await leased(lease, (trx) => pruneSignIns(trx, before));
    return over + (await pruneAudit((batch) => leased(lease, batch), before));
  },
});
