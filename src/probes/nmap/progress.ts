import { type Depth, depthOf, type Plan } from '../../core/index.ts';

/** How far one nmap is, 0..1, from its task lines and its finished hosts. Never runs backwards. */
export interface Progress {
  /** A task line: its name, and how much of that task is done (0..100). */
  task(name: string, percent: number): number;
  /** One more host is finished. */
  host(): number;
}

/** A stretch of a run's time: where it starts and where it ends, of 1. */
type Stretch = readonly [from: number, to: number];

/** About how a run's time divides among nmap's tasks. */
const STRETCHES: Readonly<Record<Depth, readonly (readonly [task: RegExp, stretch: Stretch])[]>> = {
  presence: [[/./, [0, 1]]],
  ports: [
    [/ping|discovery/i, [0, 0.1]],
    [/./, [0.1, 1]],
  ],
  versions: [
    [/ping|discovery/i, [0, 0.05]],
    [/service/i, [0.5, 0.9]],
    [/NSE|script/i, [0.9, 1]],
    [/./, [0.05, 0.5]],
  ],
};

/** `asked`: addresses of the run. nmap takes them in groups it does not announce; finished hosts show how far the groups are. */
export function createProgress(plan: Plan, asked: number): Progress {
  let done = 0;
  let hosts = 0;
  let group = asked;
  let finishedBefore = 0;
  const reach = (fraction: number): number => {
    done = Math.min(1, Math.max(done, fraction));
    return done;
  };
  return {
    task(name, percent) {
      // Tasks that begin after hosts were finished belong to the next group, likely as large as the last.
      if (hosts > finishedBefore) {
        group = Math.min(asked - hosts, hosts - finishedBefore);
        finishedBefore = hosts;
      }
      const share = asked === 0 ? 1 : Math.max(0, group) / asked;
      return reach(finishedBefore / Math.max(1, asked) + share * within(plan, name, percent / 100));
    },
    host() {
      hosts++;
      return reach(depthOf(plan) === 'presence' ? done : hosts / asked);
    },
  };
}

function within(plan: Plan, name: string, fraction: number): number {
  const [from, to] = STRETCHES[depthOf(plan)].find(([task]) => task.test(name))?.[1] ?? [0, 1];
  return from + (to - from) * Math.min(1, Math.max(0, fraction));
}
