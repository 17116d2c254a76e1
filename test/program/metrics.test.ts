import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { seriesOf } from '../http/series.ts';
import { needs, toolPath } from '../needs.ts';
import { type Daemon, newProgram, type Program, until } from './program.ts';

describe('/metrics of a daemon', needs('nmap'), () => {
  let program: Program;
  let daemon: Daemon;
  let token: string;
  before(async () => {
    program = await newProgram();
    daemon = await program.daemon();
    token = (await program.run('token')).stdout.trim();
  });
  after(() => program?.end());

  const ask = (headers: Record<string, string>): Promise<Response> => fetch(`http://127.0.0.1:${program.port}/metrics`, { headers });
  const text = async (): Promise<string> => (await ask({ authorization: `Bearer ${token}` })).text();
  const read = async (): Promise<Map<string, number>> => seriesOf(await text());
  const COMPLETE = 'rollcall_scans_total{plan="ports",outcome="complete"}';

  test('is told to whoever has the token only', async () => {
    assert.equal((await ask({})).status, 401);
    assert.equal((await ask({ authorization: `Bearer ${token}` })).status, 200);
  });

  test('counts each scan once, and says when a target was seen', async () => {
    await until('the first scan', async () => ((await read()).get(COMPLETE) ?? 0) > 0, 120_000);
    const before = (await read()).get(COMPLETE) ?? 0;
    assert.equal((await program.run('scan', '127.0.0.1', '--ports', '1-10', '--quiet')).code, 0);
    const series = await read();
    assert.equal(series.get(COMPLETE), before + 1);
    assert.equal(series.get('rollcall_scan_duration_seconds_count{plan="ports",outcome="complete"}'), before + 1);
    assert.equal(series.get('rollcall_devices{presence="present"}'), 1);
    assert.equal(series.get('rollcall_changes_total{kind="device.appeared"}'), 1);
    const seen = series.get('rollcall_target_last_success_timestamp_seconds{target="127.0.0.1",plan="ports"}') ?? 0;
    assert.ok(Math.abs(seen - Date.now() / 1000) < 120, `${seen}`);
    assert.ok((series.get('rollcall_store_size_bytes') ?? 0) > 10_000);
    for (const [name, value] of series) if (name.startsWith('rollcall_collector_success')) assert.equal(value, 1, name);
  });

  test('is as Prometheus wants it', needs('promtool'), async () => {
    assert.equal(execFileSync(toolPath('promtool') as string, ['check', 'metrics'], { input: await text(), encoding: 'utf8' }), '');
  });

  test('after a restart counters begin anew with another start time, and what is known is as it was', async () => {
    const before = await read();
    await daemon.stop();
    daemon = await program.daemon();
    const series = await read();
    assert.ok((series.get('process_start_time_seconds') ?? 0) > (before.get('process_start_time_seconds') ?? 0));
    assert.equal(series.get('rollcall_changes_total{kind="device.appeared"}'), 0);
    assert.equal(series.get('rollcall_devices{presence="present"}'), 1);
    const name = 'rollcall_target_last_success_timestamp_seconds{target="127.0.0.1",plan="ports"}';
    assert.ok((series.get(name) ?? 0) >= (before.get(name) ?? Number.POSITIVE_INFINITY));
  });
});
