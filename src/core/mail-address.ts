import { bad, good, type Result } from './fault.ts';

const REMEDY = 'write one address like ops@example.org (a user of this machine: root@localhost)';
const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LOCAL = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`, 'i');
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * Reads an address of mail, strictly: name@domain in plain letters, and nothing beside it. What could begin a header of its
 * own, name a second receiver, or be taken for an option by sendmail is none.
 */
export function parseMailAddress(text: string): Result<string> {
  const shown = JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text).replace(/[^ -~]/g, '?');
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (at < 0) return bad(`reading mail address ${shown}: it has no "@"`, REMEDY);
  if (text.startsWith('-')) return bad(`reading mail address ${shown}: it starts with a dash`, REMEDY);
  const named = LOCAL.test(local) && local.length <= 64;
  const placed = domain.length <= 253 && domain.split('.').every((label) => LABEL.test(label));
  return named && placed ? good(text) : bad(`reading mail address ${shown}: it is none`, REMEDY);
}
