// What each npm script does: make sure everything is there, then hand over to the pinned Node.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { passOn } from './setup/child.js';
import { ensureDashboard } from './setup/dashboard.js';
import { ensurePackages, pinnedNode, root } from './setup/packages.js';
import { ensureTools, TOOLS_TO_RUN, TOOLS_TO_TEST } from './setup/tools.js';
import { Trouble } from './setup/trouble.js';

const MODES = {
  async start(args) {
    await ensureTools(TOOLS_TO_RUN);
    await ensureDashboard();
    return passOn('sh', [join(root, 'bin/rollcall'), 'start', ...args]);
  },
  async demo(args) {
    await ensureDashboard();
    return script('scripts/demo.js', args);
  },
  async test(args) {
    await ensureTools(TOOLS_TO_TEST);
    await ensureDashboard();
    return script('scripts/run-tests.js', args);
  },
  check: (args) => script('scripts/run-tests.js', ['--quick', ...args]),
  dev: (args) => script('scripts/dev.js', args),
  async screenshots(args) {
    await ensureTools(['chromium']);
    await ensureDashboard();
    return script('test/web/screenshots.ts', args);
  },
  bench(args) {
    if (!existsSync(join(root, 'bench/index.ts'))) throw new Trouble('there is no bench/index.ts', 'take a checkout that has it');
    return script('bench/index.ts', args);
  },
};

/** Runs one mode from any directory; gives its exit code. */
export async function runMode(name, args) {
  if (!Object.hasOwn(MODES, name ?? ''))
    throw new Trouble(`no mode is called ${JSON.stringify(name ?? '')}`, `use one of: ${Object.keys(MODES).join(', ')}`);
  await ensurePackages();
  return MODES[name](args);
}

const script = async (path, args) => passOn(await pinnedNode(), [join(root, path), ...args], { cwd: root });
