import { randomBytes } from 'node:crypto';
import { Auditor } from './auditor.ts';
import { Book } from './book.ts';
import { Desk } from './desk.ts';
import { Limits } from './limits.ts';
import type { AccessParts } from './parts.ts';
import { COST, Passwords } from './passwords.ts';
import type { Dice } from './secrets.ts';
import { SetupLinks } from './setup-links.ts';
import { Touches } from './touches.ts';

/** The connected parts of this room. */
export interface Wired {
  readonly parts: AccessParts;
  readonly dice: Dice;
  readonly book: Book;
  readonly desk: Desk;
  readonly limits: Limits;
  readonly passwords: Passwords;
  readonly auditor: Auditor;
  readonly links: SetupLinks;
  readonly touches: Touches;
}

export function wire(parts: AccessParts): Wired {
  const dice = parts.dice ?? randomBytes;
  const book = new Book();
  const desk = new Desk(parts, book);
  return {
    parts,
    dice,
    book,
    desk,
    limits: new Limits(),
    passwords: new Passwords({ cost: parts.cost ?? COST, dice }),
    auditor: new Auditor(parts, desk),
    links: new SetupLinks({ clock: parts.clock, dice }),
    touches: new Touches({ parts, book, desk }),
  };
}
