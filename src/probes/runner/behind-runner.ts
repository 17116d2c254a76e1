import type { Machine } from '../machine/machine.ts';
import type { Runner } from '../processes/launch.ts';

/** The machine with a runner for all that needs raw packets: once it was there, whatever it cannot do is a failure, and not done without it. */
export function behindRunner(machine: Machine, runner: Runner): Machine {
  return { ...machine, runner, privileged: () => runner.expected() || machine.privileged() };
}
