import { LongestRun, type Run, type Window } from './longest-run.ts';

/** How a stretch of one list becomes a stretch of another: a[aStart, aEnd) becomes b[bStart, bEnd). */
export interface Opcode {
  readonly tag: 'equal' | 'replace' | 'delete' | 'insert';
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/**
 * How list a becomes list b, told as Python's difflib.SequenceMatcher tells it: take the longest run that both have, do
 * the same before and behind it. That is not always the shortest way.
 */
export function matchingOpcodes(a: readonly string[], b: readonly string[]): Opcode[] {
  const whole = { aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length };
  if (isSame(a, b)) return a.length === 0 ? [] : [{ tag: 'equal', ...whole }];
  return opcodesBetween(runsOf(a, b), whole);
}

/** Of equal lists the longest run always grows to all of them: no need to look for it. */
function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((entry, i) => entry === b[i]);
}

interface Task extends Window {
  /** No run of this window is longer than that, before it is grown. */
  readonly most: number;
}

/** In order. No two of them touch in both lists: a run is as long as it can be. */
function runsOf(a: readonly string[], b: readonly string[]): Run[] {
  const longest = new LongestRun(a, b);
  const runs: Run[] = [];
  const tasks: Task[] = [{ aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length, most: Number.POSITIVE_INFINITY }];
  for (let task = tasks.pop(); task; task = tasks.pop()) {
    const run = longest.find(task, task.most);
    if (run.length === 0) continue;
    runs.push(run);
    // Before the first of the longest runs there is none as long.
    tasks.push({ ...task, aEnd: run.a, bEnd: run.b, most: Math.max(0, run.seed - 1) });
    tasks.push({ ...task, aStart: run.a + run.length, bStart: run.b + run.length, most: run.seed });
  }
  return runs.sort((left, right) => left.a - right.a);
}

function opcodesBetween(runs: readonly Run[], { aEnd, bEnd }: Window): Opcode[] {
  const opcodes: Opcode[] = [];
  let [a, b] = [0, 0];
  for (const run of [...runs, { a: aEnd, b: bEnd, length: 0 }]) {
    if (a < run.a || b < run.b) opcodes.push({ tag: changeTag(run.a - a, run.b - b), aStart: a, aEnd: run.a, bStart: b, bEnd: run.b });
    [a, b] = [run.a + run.length, run.b + run.length];
    if (run.length > 0) opcodes.push({ tag: 'equal', aStart: run.a, aEnd: a, bStart: run.b, bEnd: b });
  }
  return opcodes;
}

function changeTag(gone: number, come: number): 'replace' | 'delete' | 'insert' {
  if (gone === 0) return 'insert';
  return come === 0 ? 'delete' : 'replace';
}
