import { signInToJson } from '../json/access.ts';
import { operations } from '../operations.ts';

export const signInHandlers = () => ({
  list: operations.signIns.list.handler(({ context: { access, caller } }) =>
    access.signIns(caller).map((one) => signInToJson(access, one, caller)),
  ),
  end: operations.signIns.end.handler(async ({ context: { access, caller, cookies }, input: { id } }) => {
    const ended = await access.endSignIn(caller, id);
    if (ended.id === caller.signIn) cookies?.clear();
    return signInToJson(access, ended, caller);
  }),
});
