import type { StatusJson, TargetStatusJson } from '../../contract/index.ts';
import { asTyped } from '../as-typed.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { askHealth } from '../daemon/health.ts';
import { startDaemon } from '../daemon/start.ts';
import { loadConfig } from '../load-config.ts';

/** How long a daemon may take until it answers: a large store is checked first. */
const PATIENCE = 60_000;

export const startCommand: CommandModule = {
  define: (command) =>
    command
      .description('Start the daemon in the background. It survives the logout and writes to rollcall.log in the state folder.')
      .addHelpText(
        'after',
        '\nExit codes: 0 it runs (also when it did before), 2 bad config, or it ended at once (the end of its log is shown).',
      ),

  async run(call) {
    const { places, world, out } = call;
    const before = (await askHealth(places.socket)) === 'answers';
    if (!before) {
      await loadConfig(places.config, world); // its faults are better told here than at the end of a log
      await startDaemon({ places, world, verbose: out.options.verbose, patience: PATIENCE });
    }
    const { status, targets, link } = await call.withClient(async (client) => ({
      status: await client.status.get(),
      targets: await client.targets.list(),
      link: await client.access.link().catch(() => null), // one of an older version knows of none
    }));
    const address = await addressOf(call);
    const setup = address === null || link === null ? null : new URL(link.path, address).href;
    if (out.options.json) out.json({ started: !before, address, setup, status, targets });
    else print(call, { before, status, targets, address, setup });
    return EXIT.fine;
  },
};

/** Where HTTP listens by the config; null when that cannot be told any more. */
async function addressOf({ places, world }: Call): Promise<string | null> {
  const config = await loadConfig(places.config, world).catch(() => null);
  if (config === null || config.http.port === 0) return null;
  const { host, port, cert } = config.http;
  const place = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `${cert === null ? 'http' : 'https'}://${place.includes(':') ? `[${place}]` : place}:${port}/`;
}

interface Running {
  readonly before: boolean;
  readonly status: StatusJson;
  readonly targets: readonly TargetStatusJson[];
  readonly address: string | null;
  /** Where the first user is made, for half an hour; null: there is one, or nobody could come there. */
  readonly setup: string | null;
}

function print(call: Call, { before, status, targets, address, setup }: Running): void {
  const { out, places } = call;
  const watched = targets.map(({ target }) => target.target).join(', ');
  out.line(`rollcall ${before ? 'runs already' : 'runs'} (process ${status.pid})`);
  if (address !== null) out.line(`  address   ${address}`);
  if (setup !== null) out.line(`  set up    ${setup}`);
  out.line(`  watching  ${watched || `nothing yet; see ${asTyped('networks', call)}`}`);
  if (!status.privileged) out.line('  limited   ', { text: `by connections only; ${asTyped('doctor', call)} says why`, tone: 'warn' });
  out.line(`  log       ${places.log}`);
  out.line(`  token     ${asTyped('token', call)}`);
  out.line(`  stop      ${asTyped('stop', call)}`);
}
