import { Fault, formatDuration, type Millis } from '../core/index.ts';
import { shown } from './names.ts';

/** The same whether the name, the password or the right to come in is missing: strangers learn nothing. */
export const notRight = (): Fault =>
  new Fault(
    'refused',
    'signing in: name or password is not right',
    'check both; an admin can set a new password with "rollcall user password"',
  );

export const tooOften = (wait: Millis | null): Fault =>
  wait === null
    ? new Fault('unavailable', 'signing in: others are trying the same just now', 'try again in a few seconds')
    : new Fault('refused', 'signing in: it was wrong too often', `try again in ${formatDuration(Math.ceil(wait / 60_000) * 60_000)}`);

export const deadLink = (): Fault =>
  new Fault(
    'refused',
    'setting up: this link is not valid, or not any more',
    'ask for a new one with "rollcall start", or use "rollcall user add"',
  );

export const alreadySetUp = (): Fault =>
  new Fault(
    'refused',
    'setting up: there are users already',
    'sign in, or ask an admin; the owner of this machine may use "rollcall user add"',
  );

export const noSuchUser = (doing: string, name: string): Fault =>
  new Fault('not-found', `${doing} user ${shown(name)}: there is none by that name`, 'list them with "rollcall user list"');

export const lastAdmin = (doing: string, name: string): Fault =>
  new Fault('conflict', `${doing} user ${shown(name)}: nobody else is an admin`, 'make somebody else an admin first');

export const nameTaken = (name: string): Fault =>
  new Fault(
    'conflict',
    `adding user ${shown(name)}: there is one by that name already`,
    'choose another name; "rollcall user list" has all',
  );

export const notByToken = (doing: string): Fault =>
  new Fault('refused', `${doing}: a token may not do it`, 'sign in and do it yourself, or use a token with scope admin');
