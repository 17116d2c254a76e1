import { OWNER, type SignIn, type User } from '../../core/index.ts';
import type { ApiContext } from '../context.ts';
import { userToJson } from '../json/access.ts';
import { operations } from '../operations.ts';

export const userHandlers = () => ({
  list: operations.users.list.handler(({ context: { access } }) => access.users().map((user) => userToJson(user, signInsOf(access, user)))),
  add: operations.users.add.handler(async ({ context: { access }, input }) => userToJson(await access.addUser(input), [])),
  edit: operations.users.edit.handler(async ({ context: { access }, input: { name, role, disabled, password } }) => {
    const edit = {
      ...(role !== undefined && { role }),
      ...(disabled !== undefined && { disabled }),
      ...(password !== undefined && { password }),
    };
    const user = await access.editUser(name, edit);
    return userToJson(user, signInsOf(access, user));
  }),
  remove: operations.users.remove.handler(async ({ context: { access }, input: { name } }) =>
    userToJson(await access.removeUser(name), []),
  ),
});

const signInsOf = (access: ApiContext['access'], { id }: User): readonly SignIn[] =>
  access.signIns(OWNER).filter(({ user }) => user === id);
