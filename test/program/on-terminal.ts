import { spawn } from 'node:child_process';
import { ended } from './program.ts';

/** Runs a program on a terminal of its own; types each answer once its question stands there. */
const SCRIPT = `
import json, os, pty, select, sys, time
order = json.loads(sys.argv[1])
pid, fd = pty.fork()
if pid == 0:
    os.execvpe(order["argv"][0], order["argv"], {**os.environ, "NO_COLOR": "1", "TERM": "xterm"})
shown, seen, steps, end = b"", 0, order["steps"], time.monotonic() + 60
while time.monotonic() < end:
    if steps and steps[0][0].encode() in shown[seen:]:
        seen = len(shown)
        os.write(fd, steps.pop(0)[1].encode())
    if not select.select([fd], [], [], 0.05)[0]:
        continue
    try:
        more = os.read(fd, 65536)
    except OSError:
        break
    if not more:
        break
    shown += more
else:
    os.kill(pid, 9)
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(json.dumps({"shown": shown.decode(), "code": code, "left": len(steps)}))
`;

export interface OnTerminal {
  /** All that stood on the terminal, echoes too. */
  readonly shown: string;
  readonly code: number;
}

/** Each step waits for a text and then types another. Throws when a question never came. */
export async function onTerminal(argv: readonly string[], steps: readonly (readonly [string, string])[]): Promise<OnTerminal> {
  const { stdout, stderr } = await ended(spawn('python3', ['-c', SCRIPT, JSON.stringify({ argv, steps })]));
  if (stdout === '') throw new Error(`the terminal failed: ${stderr}`);
  const { left, ...result } = JSON.parse(stdout) as OnTerminal & { readonly left: number };
  if (left > 0) throw new Error(`${left} questions never came:\n${result.shown}`);
  return result;
}
