import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, stringify, visit } from 'yaml';
import { type ApprovalEntry, ENTRY_CAPS, ENTRY_KEYS, Fault, readEntry } from '../../core/index.ts';

const HEADER = '# what is approved, as "rollcall baseline export" writes it and "rollcall baseline import" reads it\n';

/** The text of a file: keys and entries in one order, so that a version control shows what changed and nothing else. */
export function formatYaml(entries: readonly ApprovalEntry[]): string {
  const rows = entries.map((entry) =>
    Object.fromEntries(ENTRY_KEYS.flatMap((key) => (entry[key] === undefined ? [] : [[key, entry[key]]]))),
  );
  return HEADER + stringify({ approvals: rows }, { schema: 'core', lineWidth: 0, aliasDuplicateObjects: false, defaultKeyType: 'PLAIN' });
}

/** Where something stands, for faults. */
type Where = (node: unknown) => string;

/**
 * Reads a file strictly: only lists, maps and plain texts; aliases, anchors, tags, unknown or doubled keys are refused with the line.
 * Every text stays a text, so that version 9.20 is not 9.2.
 */
export function parseYaml(text: string, file: string): ApprovalEntry[] {
  const lines = new LineCounter();
  const where: Where = (node) => `${file}:${lines.linePos((node as Node | null)?.range?.[0] ?? 0).line}`;
  const document = parsed(text, file, lines);
  refuseTricks(document, where);
  const root = document.contents;
  if (!isMap(root)) throw unreadable(where(root), 'it is no list of approvals', LOOK);
  const [pair, ...others] = root.items;
  if (!pair || others.length > 0 || !isScalar(pair.key) || pair.key.value !== 'approvals')
    throw unreadable(where(root), 'it holds something else than "approvals"', LOOK);
  if (isScalar(pair.value) && pair.value.value === '') return [];
  if (!isSeq(pair.value)) throw unreadable(where(pair.value), 'approvals is no list', LOOK);
  return pair.value.items.map((item) => entryIn(item, where));
}

const LOOK = 'look at a file that "rollcall baseline export --as yaml" writes';

function parsed(text: string, file: string, lineCounter: LineCounter): Document {
  try {
    const document = parseDocument(text, {
      schema: 'failsafe',
      lineCounter,
      uniqueKeys: true,
      strict: true,
      merge: false,
      prettyErrors: false,
      logLevel: 'error',
    });
    const [fault] = [...document.errors, ...document.warnings];
    if (!fault) return document;
    throw unreadable(`${file}:${lineCounter.linePos(fault.pos[0]).line}`, fault.message.split('\n')[0] ?? 'it is no YAML', LOOK);
  } catch (failure) {
    if (failure instanceof Fault) throw failure;
    throw unreadable(file, 'it is nested too deeply', LOOK); // the only thing the parser does not report
  }
}

/** One thing written twice by reference may be a million things. */
function refuseTricks(document: Document, where: Where): void {
  visit(document, {
    Alias: (_, node) => {
      throw unreadable(where(node), 'it refers to another place (*)', 'write it out');
    },
    Node: (_, node) => {
      if (node.anchor !== undefined) throw unreadable(where(node), 'it names a place (&)', 'write it out');
      if (node.tag !== undefined) throw unreadable(where(node), `it has a tag (${node.tag.slice(0, 40)})`, 'write plain texts only');
    },
  });
}

function entryIn(item: unknown, where: Where): ApprovalEntry {
  if (!isMap(item)) throw unreadable(where(item), 'it is no approval', LOOK);
  const entry = Object.fromEntries(item.items.map((pair) => fieldIn(pair, where)));
  const read = readEntry(entry);
  if (!read.ok) throw unreadable(where(item), read.reason, read.remedy);
  return entry;
}

function fieldIn({ key, value }: Pair, where: Where): [(typeof ENTRY_KEYS)[number], string | true] {
  const name = isScalar(key) ? String(key.value) : '';
  if (!isKey(name))
    throw unreadable(where(key), `there is no key ${JSON.stringify(name.slice(0, 40))}`, `the keys are ${ENTRY_KEYS.join(', ')}`);
  if (!isScalar(value) || typeof value.value !== 'string')
    throw unreadable(where(value ?? key), `${name} is no text`, 'write one text behind it');
  return [name, valueOf(name, value.value, where(value))];
}

function valueOf(name: (typeof ENTRY_KEYS)[number], text: string, at: string): string | true {
  if (name === 'everywhere' || name === 'exempt') {
    if (text === 'true') return true;
    throw unreadable(at, `${name} is ${JSON.stringify(text.slice(0, 40))}`, 'write true, or leave it out');
  }
  if (text === '') throw unreadable(at, `${name} is empty`, 'write something, or leave it out');
  const most = ENTRY_CAPS[name];
  if (text.length > most) throw unreadable(at, `${name} has ${text.length} characters`, `write ${most} at most`);
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) throw unreadable(at, `${name} holds characters that cannot be shown`, 'write one plain line');
  return text;
}

const isKey = (name: string): name is (typeof ENTRY_KEYS)[number] => (ENTRY_KEYS as readonly string[]).includes(name);

const unreadable = (where: string, reason: string, remedy: string): Fault => new Fault('bad-input', `reading ${where}: ${reason}`, remedy);
