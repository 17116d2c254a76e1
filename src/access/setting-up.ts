import { type Instant, nobodyFrom, orFault, type User } from '../core/index.ts';
import type { SetupLink, SetupOrder, Welcome } from './access.ts';
import { beginSignIn } from './beginning.ts';
import { alreadySetUp, deadLink } from './faults.ts';
import { judgeName } from './names.ts';
import { judgePassword } from './password-rules.ts';
import type { Wired } from './wired.ts';

export const isSetUp = ({ book }: Wired): boolean => book.users.length > 0;

export const setupLink = (wired: Wired): SetupLink | null => (isSetUp(wired) ? null : wired.links.current());

/** The first admin, by the link that only whoever started Rollcall has seen. Of many who come with it at once, one gets in (S16). */
export async function setUp(wired: Wired, order: SetupOrder): Promise<Welcome> {
  const { links, passwords, desk, auditor } = wired;
  const refused = { caller: nobodyFrom(order.from), operation: 'access.setup', named: '', outcome: 'refused' } as const;
  if (isSetUp(wired)) throw alreadySetUp();
  if (!links.isValid(order.secret)) {
    void auditor.record(refused);
    throw deadLink();
  }
  // What can be mended must not use the link up.
  orFault(judgeName(order.name));
  orFault(judgePassword(order.password, order.name));
  const giveBack = links.take(order.secret);
  if (giveBack === null) throw deadLink();
  try {
    const password = await passwords.hash(order.password);
    const welcome = await desk.inTurn(async (lease) => {
      if (isSetUp(wired)) throw alreadySetUp();
      const user = await wired.parts.store.addUser(firstAdmin(order.name, password, wired.parts.clock.now()), lease);
      wired.book.putUser(user);
      return beginSignIn(wired, { lease, user, whence: order });
    });
    await auditor.record({ caller: welcome.caller, operation: 'access.setup', named: `user ${order.name}`, outcome: 'done' });
    return welcome;
  } catch (fault) {
    giveBack();
    throw fault;
  }
}

const firstAdmin = (name: string, password: string, madeAt: Instant): Omit<User, 'id'> => ({
  name,
  role: 'admin',
  password,
  subject: null,
  madeAt,
  disabledAt: null,
});
