import { COMMANDS } from './registry.ts';

/** What `rollcall` and `rollcall --help` say. */
export function overview(version: string): string {
  const calls = Object.entries(COMMANDS).map(([name, { usage, summary }]) => [`${name} ${usage}`, summary] as const);
  const width = Math.max(...calls.map(([call]) => call.length)) + 2;
  const lines = calls.map(([call, summary]) => `  ${call.padEnd(width)}${summary}`);
  return `Rollcall ${version} takes attendance of a network: which devices are here, what each serves, what changed.

Usage: rollcall COMMAND [options]

${lines.join('\n')}

Every command takes
  --data DIR            state folder (ROLLCALL_DATA; usually ~/.local/state/rollcall, /var/lib/rollcall for root)
  --config FILE         config file (ROLLCALL_CONFIG; usually ~/.config/rollcall/rollcall.toml or /etc/rollcall/rollcall.toml)
  --json                the result as JSON on stdout, a failure too: {"fault": {"code", "message", "remedy"}, "faults": [...]}
  --quiet               no notes and no progress on stderr
  -v, --verbose         say more
  -h, --help            explain the command

Exit codes: 0 fine, 1 differences or trouble found, or not running, 2 wrong usage or failure, 130 interrupted.
`;
}
