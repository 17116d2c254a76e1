import type { CliWorld } from './world.ts';

/**
 * Runs one command line and resolves to the exit code: 0 fine, 1 differences or trouble found, 2 wrong usage or
 * failure, 130 interrupted. Nothing here ends the process, so that all output gets out.
 */
export async function runCli(argv: readonly string[], world: CliWorld): Promise<number> {
  if (argv[0] === '--version' || argv[0] === '-V') {
    world.stdout.write(`${world.version}\n`);
    return 0;
  }
  if (argv[0] === 'ndiff') {
    const { runNdiff } = await import('./ndiff/run-ndiff.ts');
    return runNdiff(argv.slice(1), world.env['ROLLCALL_CALLED_AS'] || 'rollcall ndiff', world);
  }
  const { dispatch } = await import('./dispatch.ts');
  return dispatch(argv, world);
}
