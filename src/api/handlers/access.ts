import { Fault } from '../../core/index.ts';
import type { ApiContext, Cookies } from '../context.ts';
import { meToJson } from '../json/access.ts';
import { instantToJson } from '../moment.ts';
import { operations } from '../operations.ts';

export const accessHandlers = () => ({
  me: operations.access.me.handler(({ context: { access, caller } }) => meToJson(access, caller)),
  link: operations.access.link.handler(({ context: { access, caller } }) => {
    if (caller.proof !== 'socket')
      throw new Fault('refused', 'asking for the setup link: only the owner of this machine may', 'ask "rollcall start" on that machine');
    const link = access.setupLink();
    return link && { secret: link.secret, until: instantToJson(link.until), path: `/setup#${link.secret}` };
  }),
  setup: operations.access.setup.handler(async ({ context, input }) =>
    letIn(context, (whence) => context.access.setup({ ...input, ...whence })),
  ),
  signIn: operations.access.signIn.handler(async ({ context, input }) =>
    letIn(context, (whence) => context.access.signIn({ ...input, ...whence })),
  ),
  signOut: operations.access.signOut.handler(async ({ context: { access, caller, cookies } }) => {
    await access.signOut(caller);
    cookies?.clear();
    return meToJson(access, { ...caller, name: null, user: null, scopes: [], proof: 'nothing', signIn: null });
  }),
  password: operations.access.password.handler(async ({ context, input }) =>
    letIn(context, (whence) => context.access.changePassword(context.caller, { ...input, ...whence })),
  ),
});

type Welcome = Awaited<ReturnType<ApiContext['access']['signIn']>>;
type Whence = { readonly from: string | null; readonly agent: string };

/** Whoever comes in gets a secret that only a browser can keep. */
async function letIn(context: ApiContext, come: (whence: Whence) => Promise<Welcome>) {
  const { access, caller, agent = '' } = context;
  const cookies = cookiesOf(context);
  const welcome = await come({ from: caller.from, agent });
  cookies.set(welcome.secret, welcome.until);
  return meToJson(access, welcome.caller);
}

function cookiesOf({ cookies }: ApiContext): Cookies {
  if (cookies) return cookies;
  throw new Fault('refused', 'signing in: whoever asks here is known already', 'sign in over HTTP; make users with "rollcall user add"');
}
