import { enableCompileCache, registerHooks } from 'node:module';
import { homedir, hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import project from '#package' with { type: 'json' };
import type { Config, ConfigChecks } from './config/index.ts';
import type { Fault } from './core/index.ts';

// Type stripping and compiling cost more than most commands do; the second start reads them from here.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/rollcall', import.meta.url)));

// A relative import names its very file: to ask the disk about each of six hundred would take a quarter of a short command.
registerHooks({
  resolve(specifier, context, next) {
    const known = context.conditions.includes('import') && /^\.\.?\/.*\.(?:ts|m?js)$/.test(specifier);
    if (!known || !context.parentURL?.startsWith('file:')) return next(specifier, context);
    // zod brings its messages in sixty languages, a file each; ours are in one.
    const wanted = specifier === '../locales/index.js' && context.parentURL.includes('/zod/') ? '../locales/en.js' : specifier;
    const { href } = new URL(wanted, context.parentURL);
    return href.endsWith('.ts') ? { url: href, format: 'module-typescript', shortCircuit: true } : { url: href, shortCircuit: true };
  },
});

const { runCli } = await import('./cli/index.ts');

/** Judges of what a config file says of alerts. Nothing is connected. */
async function configChecks(): Promise<ConfigChecks> {
  const [{ createChannelMaker, createGuard }, { parseFilter }] = await Promise.all([
    import('./channels/index.ts'),
    import('./inventory/index.ts'),
  ]);
  return {
    filter: parseFilter,
    channel(kind, options, { reach, ownPort }) {
      const guard = createGuard({ reach, ownPorts: () => [ownPort] });
      return createChannelMaker({ guard, now: Date.now, host: hostname() }).check(kind, options);
    },
  };
}

async function tryMirror(config: Config): Promise<Fault | null> {
  if (config.mqtt.url === null && config.mqtt.urlFile === null) return null;
  const { mirrorOf } = await import('./reaching.ts');
  return mirrorOf(config, project.version).then(
    () => null,
    (fault: Fault) => fault,
  );
}

/**
 * Ends at once. To exit would wait for threads, and one that opens a file or looks up a name may hang for minutes: another program in
 * place of this one leaves them all behind. Nothing gentler does: process.reallyExit and a worker's threads are waited for, too, and a
 * signal would be another code. Code: 0 to 255.
 */
function quit(code: number): void {
  process.execve?.('/bin/sh', ['sh', '-c', `exit ${code & 255}`], {});
  process.exit(code);
}

const STOPPING = ['SIGINT', 'SIGTERM'] as const;

/** Calls back at each signal that asks us to stop; SIGHUP is the daemon's reload. */
function onInterrupt(listener: () => void): () => void {
  for (const signal of STOPPING) process.on(signal, listener);
  return () => {
    for (const signal of STOPPING) process.off(signal, listener);
  };
}

process.exitCode = await runCli(process.argv.slice(2), {
  version: project.version,
  env: process.env,
  cwd: process.cwd(),
  home: homedir(),
  uid: process.getuid?.(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => Date.now(),
  onInterrupt,
  launcher: [fileURLToPath(new URL('../bin/rollcall', import.meta.url))],
  configChecks,
  tryMirror,
  openInProcess: async (house) => (await import('./assemble.ts')).openInProcess(house, project.version),
  runDaemon: async (order) => (await import('./daemon.ts')).runDaemon(order, project.version),
  quit,
  openMail: async (mail) => (await import('./channels/index.ts')).createEmail(mail),
  restore: async (house, from) => (await import('./assemble.ts')).restore(house, from),
});
