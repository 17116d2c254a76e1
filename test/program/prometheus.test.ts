import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { needs, toolPath } from '../needs.ts';
import { freePort, newProgram, type Program, until } from './program.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../packaging/${path}`, import.meta.url));

describe('a real Prometheus', needs('prometheus', 'nmap'), () => {
  let program: Program;
  let server: ChildProcess;
  let folder: string;
  let port: number;
  let said = '';

  before(async () => {
    program = await newProgram();
    await program.daemon();
    folder = await mkdtemp(join(tmpdir(), 'rollcall-prometheus-'));
    port = await freePort();
    await copyFile(join(program.data, 'token'), join(folder, 'token'));
    await copyFile(at('prometheus/rollcall.rules.yml'), join(folder, 'rollcall.rules.yml'));
    await writeFile(join(folder, 'prometheus.yml'), configText(program.port));
    const flags = {
      'config.file': 'prometheus.yml',
      'storage.tsdb.path': 'series',
      'web.listen-address': `127.0.0.1:${port}`,
      'log.level': 'warn',
    };
    const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
    server = spawn(toolPath('prometheus') as string, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [server.stdout, server.stderr]) stream?.on('data', (chunk) => (said += String(chunk)));
    await until('Prometheus to be ready', async () => (await ask('/-/ready').catch(() => null)) !== null);
  });
  after(async () => {
    if (server && server.exitCode === null) {
      const end = new Promise((resolve) => server.once('close', resolve));
      server.kill('SIGTERM');
      await end;
    }
    await program?.end();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  async function ask(path: string): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.text();
  }

  /** Values of a query, by the labels that tell its series apart. */
  async function query(text: string): Promise<Map<string, number>> {
    const { data } = JSON.parse(await ask(`/api/v1/query?query=${encodeURIComponent(text)}`)) as Answer;
    return new Map(data.result.map(({ metric, value }) => [Object.values(metric).join(' '), Number(value[1])]));
  }

  test('reads us with the token from a file', async () => {
    await until('a reading', async () => (await query('up{job="rollcall"}')).size > 0);
    assert.deepEqual([...(await query('up{job="rollcall"}')).values()], [1], said);
    await until('a device', async () => (await query('sum by (presence) (rollcall_devices)')).get('present') === 1, 120_000);
    const version = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
    assert.deepEqual([...(await query('count by (version) (rollcall_build_info)')).keys()], [version.version]);
  });

  test('takes every alert that comes with us, and none of them goes off on a quiet machine', async () => {
    const { data } = JSON.parse(await ask('/api/v1/rules')) as Rules;
    const rules = data.groups.flatMap((group) => group.rules);
    assert.ok(rules.length >= 12);
    await until('every alert to be judged', async () => {
      const now = JSON.parse(await ask('/api/v1/rules')) as Rules;
      return now.data.groups.every((group) => group.rules.every(({ health }) => health !== 'unknown'));
    });
    const judged = (JSON.parse(await ask('/api/v1/rules')) as Rules).data.groups.flatMap((group) => group.rules);
    for (const { name, health, lastError } of judged) assert.equal(health, 'ok', `${name}: ${lastError}`);
    const firing = judged.filter(({ state }) => state === 'firing').map(({ name }) => name);
    assert.deepEqual(
      firing.filter((name) => name !== 'RollcallNewDevices'),
      [],
    );
  });

  test('takes every query of the dashboard', async () => {
    const { panels } = JSON.parse(await readFile(at('grafana/rollcall.json'), 'utf8')) as {
      panels: { title: string; targets?: { expr: string }[] }[];
    };
    for (const { title, targets = [] } of panels)
      for (const { expr } of targets) await assert.doesNotReject(query(expr.replaceAll('$instance', '.*')), `${title}: ${expr}`);
  });
});

interface Answer {
  readonly data: { readonly result: readonly { readonly metric: Record<string, string>; readonly value: readonly [number, string] }[] };
}

interface Rules {
  readonly data: {
    readonly groups: readonly {
      readonly rules: readonly { readonly name: string; readonly health: string; readonly lastError?: string; readonly state: string }[];
    }[];
  };
}

const configText = (ours: number): string => `global:
  scrape_interval: 1s
  evaluation_interval: 1s
rule_files:
  - rollcall.rules.yml
scrape_configs:
  - job_name: rollcall
    authorization:
      credentials_file: token
    static_configs:
      - targets: ['127.0.0.1:${ours}']
`;
