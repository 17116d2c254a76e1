import type { RollcallClient, UserJson } from '../../contract/index.ts';
import { Fault, nearest, ROLES, type Role } from '../../core/index.ts';
import { type Call, EXIT } from '../command.ts';
import { printUsers } from '../printers/access-text.ts';
import { wrongWords } from '../sub-words.ts';
import { visible } from '../terminal/visible.ts';
import { newPassword } from './password.ts';

export async function listUsers({ out, withClient }: Call, words: readonly string[]): Promise<number> {
  if (words.length > 0) throw wrongWords('user list', words, '"rollcall user list"');
  const users = await withClient((client) => client.users.list());
  if (out.options.json) out.json(users);
  else printUsers(out, users);
  return EXIT.fine;
}

export async function addUser(call: Call, words: readonly string[]): Promise<number> {
  const name = oneName('add', words);
  const { role: text } = call.options as { readonly role?: string };
  if (text === undefined) throw new Fault('bad-input', 'adding a user: what they may is not said', `say it with --role ${ROLES.join('|')}`);
  const role = roleOf(text);
  return withPassword(call, name, (client, password) => client.users.add({ name, role, password }));
}

export async function setPassword(call: Call, words: readonly string[]): Promise<number> {
  const name = oneName('password', words);
  return withPassword(call, name, (client, password) => client.users.edit({ name, password }));
}

type Ask = (client: RollcallClient, password: string) => Promise<UserJson>;

async function withPassword(call: Call, name: string, ask: Ask): Promise<number> {
  const password = await newPassword(call, visible(name.slice(0, 64)));
  if (password === null) return EXIT.interrupted;
  return tell(call, await call.withClient((client) => ask(client, password)));
}

export async function changeRole(call: Call, words: readonly string[]): Promise<number> {
  const [name, role, ...more] = words;
  if (name === undefined || role === undefined || more.length > 0) throw wrongWords('user role', words, `role NAME ${ROLES.join('|')}`);
  return edit(call, { name, role: roleOf(role) });
}

export const disableUser = async (call: Call, words: readonly string[]): Promise<number> =>
  edit(call, { name: oneName('disable', words), disabled: true });

export const enableUser = async (call: Call, words: readonly string[]): Promise<number> =>
  edit(call, { name: oneName('enable', words), disabled: false });

export async function removeUser(call: Call, words: readonly string[]): Promise<number> {
  const name = oneName('remove', words);
  const removed = await call.withClient((client) => client.users.remove({ name }));
  if (call.out.options.json) call.out.json(removed);
  else call.out.line(`user ${removed.name} is removed, with all sign-ins and tokens`);
  return EXIT.fine;
}

async function edit(call: Call, words: Parameters<RollcallClient['users']['edit']>[0]): Promise<number> {
  return tell(call, await call.withClient((client) => client.users.edit(words)));
}

function tell({ out }: Call, user: UserJson): number {
  if (out.options.json) out.json(user);
  else out.line(`user ${user.name}: ${user.role}${user.disabledAt === null ? '' : ', may not come in'}`);
  return EXIT.fine;
}

function oneName(what: string, words: readonly string[]): string {
  const [name] = words;
  if (name !== undefined && words.length === 1) return name;
  throw wrongWords(`user ${what}`, words, `${what} NAME`);
}

function roleOf(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (role) return role;
  const guess = nearest(text, ROLES);
  const shown = JSON.stringify(text.slice(0, 40));
  throw new Fault(
    'bad-input',
    `reading role ${shown}: there is none by that name`,
    guess ? `did you mean ${guess}?` : `write ${ROLES.join(', ')}`,
  );
}
