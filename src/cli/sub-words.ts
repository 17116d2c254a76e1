import { Fault } from '../core/index.ts';

/** Words behind a command that it does not take. */
export function wrongWords(command: string, args: readonly string[], takes: string): Fault {
  const shown = JSON.stringify(args.slice(0, 4).join(' ').slice(0, 80));
  return new Fault('bad-input', `reading the command line: ${command} ${shown} is not what it takes`, `write ${takes}`);
}
