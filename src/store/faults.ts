import { type DeviceId, Fault, type ScanId, type TargetId, type UserId } from '../core/index.ts';

export const unknownTarget = (doing: string, id: TargetId): Fault =>
  new Fault('not-found', `${doing} target ${id}: there is none by that number`, 'list them with "rollcall targets"');

export const unknownDevice = (id: DeviceId): Fault =>
  new Fault('not-found', `editing device ${id}: there is none by that number`, 'list them with "rollcall devices"');

export const unknownScan = (id: ScanId): Fault =>
  new Fault('conflict', `committing scan ${id}: the store does not know it`, 'begin the scan in this store first');

export const finishedScan = (id: ScanId): Fault =>
  new Fault('conflict', `committing scan ${id}: it is already finished`, 'begin a new scan');

export const unfinishedScan = (id: ScanId): Fault =>
  new Fault('bad-input', `committing scan ${id}: its outcome is still "running"`, 'give it the outcome it ended with');

export const lostLease = (fence: number): Fault =>
  new Fault('conflict', `writing to store: lease ${fence} is no longer ours`, 'stop this process; another rollcall has taken over');

export const unknownAlertTerm = (what: 'rule' | 'channel', name: string): Fault =>
  new Fault('not-found', `dropping ${what} ${JSON.stringify(name)}: there is none by that name`, `list them with "rollcall ${what}"`);

export const unknownMute = (id: number): Fault =>
  new Fault('not-found', `ending mute ${id}: there is none by that number`, 'list them with "rollcall mutes"');

export const takenName = (name: string): Fault =>
  new Fault(
    'conflict',
    `keeping user ${JSON.stringify(name)}: there is one by that name already`,
    'choose another name; "rollcall user list" has all',
  );

export const takenSubject = (name: string): Fault =>
  new Fault('conflict', `keeping user ${JSON.stringify(name)}: another one is the same at the identity provider`, 'remove that one first');

export const unknownUser = (doing: string, id: UserId): Fault =>
  new Fault('not-found', `${doing} user ${id}: there is none by that number`, 'list them with "rollcall user list"');

export const unknownProof = (what: 'sign-in' | 'token', id: number): Fault =>
  new Fault('not-found', `changing ${what} ${id}: there is none by that number`, `list them; it may have been removed with its user`);

export const unknownSavedView = (id: number): Fault =>
  new Fault('not-found', `removing saved view ${id}: there is none by that number`, 'list them with GET /api/v1/views');

export const notKeptInFile = (kind: string, remedy: string): Fault =>
  new Fault('refused', `copying store: a ${kind} store is no file`, remedy);

export const openedReadonly = (): Fault => new Fault('refused', 'writing to store: it was opened for reading only', 'open it for writing');
