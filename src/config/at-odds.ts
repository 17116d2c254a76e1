import type { ChannelDraft } from '../core/index.ts';
import type { Complaint } from './complaints.ts';
import type { LineOf } from './lines.ts';
import type { FileContent } from './schema/file.ts';

/** What is wrong with the file as a whole, while each entry by itself is not. */
export const atOdds = (content: FileContent, lineOf: LineOf): readonly Complaint[] => [
  ...repeated(content, lineOf),
  ...unaskable(content, lineOf),
  ...LISTS.flatMap((list) => [...tooMany(list, content, lineOf), ...namedTwice(list, content, lineOf)]),
  ...circles(content, lineOf),
];

const LISTS = ['rule', 'channel', 'maintenance'] as const;
type List = (typeof LISTS)[number];

const MOST = 500;

/** Each rule is asked at each change. */
function tooMany(list: List, content: FileContent, lineOf: LineOf): Complaint[] {
  if ((content[list] ?? []).length <= MOST) return [];
  const path = [list, MOST];
  return [{ path, line: lineOf(path), reason: `there are more than ${MOST} of these`, remedy: 'put several into one' }];
}

function namedTwice(list: List, content: FileContent, lineOf: LineOf): Complaint[] {
  const seen = new Map<string, number | null>();
  return (content[list] ?? []).flatMap(({ name }, index): Complaint[] => {
    const path = [list, index, 'name'];
    const line = lineOf(path);
    const first = seen.get(name);
    if (first !== undefined)
      return [{ path, line, reason: `"${name}" has its name already, in line ${first}`, remedy: 'give one of them another name' }];
    seen.set(name, line);
    return [];
  });
}

/** What goes from one to the next and comes back would never be given up. Each circle is told once, where it begins in the file. */
function circles({ channel = [] }: FileContent, lineOf: LineOf): Complaint[] {
  const places = new Map(channel.map(({ name }, index) => [name, index]));
  return channel.flatMap((entry, index): Complaint[] => {
    const way = wayBack(entry, (name) => channel[places.get(name) ?? -1]);
    if (!way || way.some((name) => (places.get(name) ?? 0) < index)) return [];
    const path = ['channel', index, 'fallback'];
    return [{ path, line: lineOf(path), reason: `it comes back: ${[...way, entry.name].join(', ')}`, remedy: 'leave one of them out' }];
  });
}

/** The names from a channel by its fallbacks back to itself; null: they end elsewhere, or in a circle that it is not in. */
function wayBack(from: ChannelDraft, find: (name: string) => ChannelDraft | undefined): string[] | null {
  const way: string[] = [];
  for (let at: ChannelDraft | undefined = from; at && !way.includes(at.name); at = find(at.fallback ?? '')) {
    way.push(at.name);
    if (at.fallback === from.name) return way;
  }
  return null;
}

/** The same target twice would be watched by two schedules at odds. */
function repeated(content: FileContent, lineOf: LineOf): Complaint[] {
  const seen = new Map<string, number | null>();
  return (content.target ?? []).flatMap(({ spec }, index): Complaint[] => {
    const path = ['target', index, 'target'];
    const line = lineOf(path);
    const first = seen.get(spec.text);
    if (first === undefined) {
      seen.set(spec.text, line);
      return [];
    }
    return [{ path, line, reason: `${spec.text} is a target already, in line ${first}`, remedy: 'keep one, with plans = [{...}, {...}]' }];
  });
}

/** A target that expects a public address could never be scanned where nobody can be asked for it. */
function unaskable({ guard, target = [] }: FileContent, lineOf: LineOf): Complaint[] {
  if (guard?.ask !== undefined) return [];
  return target.flatMap(({ limits }, index): Complaint[] => {
    if (limits?.guard?.public === undefined) return [];
    const path = ['target', index, 'guard', 'public'];
    const remedy = 'add ask = "https://..." under [guard], a page of yours that says it';
    return [{ path, line: lineOf(path), reason: '[guard] names no page that says our public address', remedy }];
  });
}
