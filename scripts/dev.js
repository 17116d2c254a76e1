// The daemon as one works on it: restarts when a source file changes, looks at a world that does not exist, needs no
// root, and forgets everything at the end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { passOn } from './setup/child.js';
import { root } from './setup/packages.js';

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const config = (port) => `
[http]
port = ${port}

[nmap]
path = ${JSON.stringify(join(root, 'test/fake-nmap/nmap'))}

[names]
dns = false

[self]
watch = false

[[target]]
target = "127.0.0.0/28"
window = "30s"
plans = [{ plan = "sweep", every = "10s" }, { plan = "ports", every = "30s" }]
`;

const home = mkdtempSync(join(tmpdir(), 'rollcall-dev-'));
try {
  const port = await freePort();
  const file = join(home, 'rollcall.toml');
  writeFileSync(file, config(port));
  const own = ['--data', home, '--config', file];
  console.error(`rollcall dev: http://127.0.0.1:${port}/ · ask it: bin/rollcall devices ${own.join(' ')} · Ctrl-C ends and forgets all`);
  const watching = ['--watch', '--watch-preserve-output', '--disable-warning=ExperimentalWarning'];
  const args = [...watching, join(root, 'src/main.ts'), 'run', ...own, ...process.argv.slice(2)];
  process.exitCode = await passOn(process.execPath, args, { cwd: root });
} finally {
  rmSync(home, { recursive: true, force: true });
}
