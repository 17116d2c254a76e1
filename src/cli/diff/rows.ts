import { type Difference, type DifferenceKind, serviceWords, type UnknownPart } from '../../core/index.ts';
import { localTime } from '../terminal/moment.ts';
import { scriptLines } from './script-lines.ts';
import { foreign, joinWords, type Mark, type Row, type Word } from './words.ts';

type Side = Readonly<Record<string, unknown>>;
type Rows = (was: Side, is: Side) => readonly Row[];

/** The difference in words: a row, or a few where a kind tells of several things. */
export function rowsOf({ kind, before, after }: Difference): readonly Row[] {
  return ROWS[kind](before ?? {}, after ?? {});
}

/** What cannot be said, and which side did not ask. */
export const unknownRow = ({ side, text: said }: UnknownPart): Row => row('?', '', [`in ${side.toUpperCase()} `, foreign(said)]);

/** Open ports of a new device that are told one by one. */
const PORTS_TOLD = 20;

const ROWS: Readonly<Record<DifferenceKind, Rows>> = {
  'device.appeared': (_, is) => openPorts(is),
  'device.left': lastSeen,
  'device.returned': () => [],
  'device.readdressed': lists,
  'identity.changed': lists,
  'os.changed': (was, is) => [row('~', 'system', between(text(was['os']), text(is['os'])))],
  'port.opened': (was, is) => [portRow('+', is, ['opened', ...since(was), ...served(is)])],
  'port.closed': (was, is) => [portRow('-', is, ['closed', ...served(was)])],
  'port.filtered': (was, is) => [portRow('-', is, ['no longer answers: ', foreign(text(is['state'])), ...served(was)])],
  'service.changed': (was, is) => [...serviceRows(was, is), ...pageRows(was, is)],
  'service.key-changed': (_, is) => [portRow('!', is, [foreign(text(is['text']))])],
  'certificate.renewed': (_, is) => [portRow('~', is, [foreign(text(is['text']))])],
  'script.changed': (was, is) => [scriptRow(was, is)],
};

const row = (mark: Mark, subject: Word, words: readonly Word[]): Row => ({ mark, subject, words, lines: [] });

const portRow = (mark: Mark, side: Side, words: readonly Word[]): Row => row(mark, portOf(side), words);

const portOf = (side: Side): Word => foreign(`${text(side['port'])}/${text(side['protocol'])}`);

/** Files claim times past all calendars. */
function lastSeen(was: Side): Row[] {
  const at = Date.parse(text(was['lastSeen']));
  return Number.isNaN(at) ? [] : [row('-', 'last seen', [localTime(at)])];
}

/** A port that was not simply closed before. */
function since(was: Side): Word[] {
  const state = text(was['state']);
  return state === '' || state === 'closed' ? [] : [', was ', foreign(state)];
}

function served(side: Side): Word[] {
  const said = service(side);
  return said === '' ? [] : ['  ', foreign(said)];
}

function service(side: Side): string {
  const said = side['service'] as (Parameters<typeof serviceWords>[0] & { readonly extra?: unknown }) | null | undefined;
  const extra = text(said?.extra);
  return `${serviceWords(said)}${extra === '' ? '' : ` (${extra})`}`.trim();
}

function serviceRows(was: Side, is: Side): Row[] {
  const [old, fresh] = [service(was), service(is)];
  return old === fresh && pageRows(was, is).length > 0 ? [] : [portRow('~', is, between(old, fresh))];
}

/** Title and server of a front page that says something else. */
function pageRows(was: Side, is: Side): Row[] {
  const [old, fresh] = [pageText(was['page']), pageText(is['page'])];
  return old === '' || fresh === '' || old === fresh ? [] : [portRow('~', is, ['page ', ...between(old, fresh)])];
}

function pageText(page: unknown): string {
  const { title, server } = isSide(page) ? page : {};
  return [text(title) === '' ? '' : `"${text(title)}"`, text(server)].filter(Boolean).join(' by ');
}

const between = (was: string, is: string): Word[] => [foreign(was || 'unknown'), ' -> ', foreign(is || 'unknown')];

function openPorts(is: Side): Row[] {
  const ports = Array.isArray(is['ports']) ? (is['ports'] as readonly Side[]) : [];
  const told = ports.slice(0, PORTS_TOLD).map((port) => portRow('+', port, ['open', ...served(port)]));
  const rest = Number(is['openPorts'] ?? ports.length) - told.length;
  return rest > 0 ? [...told, row('+', '', [`and ${rest} more open ports`])] : told;
}

const SINGULAR: Readonly<Record<string, string>> = { addresses: 'address', macs: 'MAC', names: 'name' };

/** Lists of which some differ: addresses, MACs, names. */
function lists(was: Side, is: Side): Row[] {
  return Object.keys({ ...was, ...is }).map((key) => {
    const [old, fresh] = [listOf(was[key]), listOf(is[key])];
    return row('~', SINGULAR[key] ?? foreign(key), [...orNone(old), ' -> ', ...orNone(fresh)]);
  });
}

const orNone = (texts: readonly string[]): Word[] => (texts.length === 0 ? ['none'] : joinWords(texts, ', '));

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : [text(value)].filter(Boolean));

function scriptRow(was: Side, is: Side): Row {
  const side = { ...was, ...is };
  const [old, fresh] = [textOrNull(was['output']), textOrNull(is['output'])];
  const mark = old === null ? '+' : fresh === null ? '-' : '~';
  const subject = isSide(side['port']) ? portOf(side['port']) : 'script';
  return { mark, subject, words: [foreign(text(side['id']))], lines: scriptLines(old ?? '', fresh ?? '') };
}

const isSide = (value: unknown): value is Side => typeof value === 'object' && value !== null;

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
