// Everything that is judged without running the product: types room by room, lint, format.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { quietly } from './setup/child.js';
import { root } from './setup/packages.js';

const bin = (name) => join(root, 'node_modules/.bin', name);

/** Each check with its command. A room with a tsconfig of its own may name less than the rest; so it is judged alone. */
export function checks() {
  const rooms = readdirSync(join(root, 'src')).filter((room) => existsSync(join(root, 'src', room, 'tsconfig.json')));
  const paths = ['src', 'web', 'test', 'bench', 'scripts'].filter((path) => existsSync(join(root, path)));
  return [
    ...rooms.map((room) => ({ name: `types of src/${room}`, command: [bin('tsc'), '-p', `src/${room}`] })),
    { name: 'types of everything', command: [bin('tsc'), '-p', '.'] },
    { name: 'types of web', command: [bin('tsc'), '-p', 'web'] },
    { name: 'lint', command: [bin('oxlint'), '--type-aware', '--deny-warnings', '--format=unix', ...paths] },
    { name: 'format', command: [bin('biome'), 'check', '--colors=off', '--max-diagnostics=20', '.'] },
  ];
}

/** Runs one check; the text is empty when all is well. */
export async function runCheck({ name, command: [tool, ...args] }) {
  const { code, output } = await quietly(process.execPath, [tool, ...args], { cwd: root, env: { ...process.env, NO_COLOR: '1' } });
  return { name, text: code === 0 ? '' : output.trim() || `${tool} ended with ${code} and said nothing` };
}
