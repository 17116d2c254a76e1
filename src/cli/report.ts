import { EXIT } from './command.ts';
import { faultsOf } from './faults.ts';
import type { Output } from './terminal/output.ts';

interface Told {
  readonly code: string;
  readonly message: string;
  readonly remedy: string | null;
}

/** Says what went wrong: a message and its remedy for what the user can mend, a stack for a bug. Returns the exit code. */
export function report(thrown: unknown, out: Output): number {
  const faults = faultsOf(thrown)?.map(({ code, message, remedy }) => ({ code, message, remedy: remedy ?? null }));
  const told: readonly Told[] = faults ?? [bug(thrown)];
  if (out.options.json) out.jsonLine({ fault: told[0], faults: told });
  else if (faults) for (const { message, remedy } of faults) complain(out, message, remedy);
  if (!faults) for (const line of stackOf(thrown)) out.complain(line);
  return EXIT.failed;
}

function complain(out: Output, message: string, remedy: string | null): void {
  const [first = '', ...more] = message.split('\n');
  out.complain({ text: 'rollcall:', tone: 'bad' }, ` ${first}`);
  for (const line of more) out.complain(`  ${line}`);
  if (remedy === null) return;
  const [advice = '', ...lines] = remedy.split('\n');
  out.complain({ text: '  remedy:', tone: 'good' }, ` ${advice}`);
  for (const line of lines) out.complain(line);
}

const bug = (thrown: unknown): Told => ({
  code: 'bug',
  message: thrown instanceof Error ? thrown.message : String(thrown),
  remedy: 'this is a fault of Rollcall; report it with the lines printed to stderr',
});

function stackOf(thrown: unknown): string[] {
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return ['rollcall: this should not happen; please report it with these lines', ...stack.split('\n').map((line) => `  ${line}`)];
}
