import type { XmlElem } from './xml-host.ts';

/** Which of the elements that a script writes beside its text are kept: of scripts that tell who a service is. */
const WANTED: ReadonlyMap<string, RegExp> = new Map([
  ['ssl-cert', /^(?:pem|(?:subject|issuer)\..+|validity\.not(?:Before|After)|extensions\.\.(?:name|value))$/],
  ['ssh-hostkey', /^\.(?:type|key)$/],
  ['http-title', /^title$/],
  ['http-server-header', /^$/],
]);

/** Of one group (subject, extensions, ...) so many are kept; a certificate may have as many as it likes. */
const MOST_OF_A_GROUP = 128;
/** Longest text of one; a longer one is not kept, as the beginning of a certificate is none. */
const LONGEST = 2 ** 16;

/** The elements of a script while it is being read. */
export class ScriptElems {
  readonly #wanted: RegExp;
  readonly #keep: (elem: XmlElem) => void;
  readonly #tables: string[] = [];
  readonly #counts = new Map<string, number>();
  #path: string | null = null;
  #text = '';

  private constructor(wanted: RegExp, keep: (elem: XmlElem) => void) {
    this.#wanted = wanted;
    this.#keep = keep;
  }

  /** null for a script of which none are kept. */
  static of(id: string, keep: (elem: XmlElem) => void): ScriptElems | null {
    const wanted = WANTED.get(id);
    return wanted ? new ScriptElems(wanted, keep) : null;
  }

  openTable(key: string | null): void {
    this.#tables.push(key ?? '');
  }

  closeTable(): void {
    this.#tables.pop();
  }

  openElem(key: string | null): void {
    const path = this.#tables.length > 2 ? null : [...this.#tables, key ?? ''].join('.');
    this.#path = path !== null && this.#wanted.test(path) ? path : null;
    this.#text = '';
  }

  text(text: string): void {
    if (this.#path === null) return;
    if (this.#text.length + text.length > LONGEST) this.#path = null;
    else this.#text += text;
  }

  closeElem(): void {
    if (this.#path === null) return;
    const group = this.#path.split('.')[0] ?? '';
    const count = (this.#counts.get(group) ?? 0) + 1;
    this.#counts.set(group, count);
    if (count <= MOST_OF_A_GROUP) this.#keep({ path: this.#path, text: unescaped(this.#text) });
    this.#path = null;
  }
}

/** nmap writes bytes past ASCII as "\xC3\x84"; those that are UTF-8 become characters again. */
function unescaped(text: string): string {
  return text.replace(/(?:\\x[89A-F][0-9A-F])+/g, (bytes) => {
    try {
      return decodeURIComponent(bytes.replaceAll('\\x', '%'));
    } catch {
      return bytes;
    }
  });
}
