import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type House, ROLLCALL, withHouse } from './house.ts';
import { percentile, type Row, round, timed } from './row.ts';

const READINGS = 200;
const CHECKS = 10;

/** What monitoring costs at 10,000 devices: a reading of /metrics, and a check of the command line. */
export async function metricsRows(): Promise<Row[]> {
  return withHouse(10_000, async (house) => {
    const daemon = await house.daemon();
    const read = await reader(house);
    const first = await timed(read);
    await settled(read);
    const [times, checks]: [number[], number[]] = [[], []];
    for (let i = 0; i < READINGS; i++) times.push(await timed(read));
    for (let i = 0; i < CHECKS; i++) checks.push(await timed(() => check(house)));
    await daemon.stop();
    return [
      { name: '/metrics with 10,000 devices, p95', value: round(percentile(times, 0.95), 2), unit: 'ms', bar: { max: 50 } },
      { name: 'the same, median', value: round(percentile(times, 0.5), 2), unit: 'ms' },
      { name: 'the same, first reading', value: round(first), unit: 'ms' },
      {
        name: 'rollcall check, 10,000 devices, asking the daemon, median',
        value: round(percentile(checks, 0.5)),
        unit: 'ms',
        bar: { max: 2000 },
      },
    ];
  });
}

/** Ten thousand new devices are judged after the start, and this machine itself is scanned: that is not what is measured. */
async function settled(read: () => Promise<string>): Promise<void> {
  const end = performance.now() + 120_000;
  while (!/^rollcall_scans_running 0\n(?:.*\n)*rollcall_judging_lag_changes 0$/m.test(await read())) {
    if (performance.now() > end) throw new Error('the daemon did not come to rest in two minutes');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function reader({ data, port }: House): Promise<() => Promise<string>> {
  const token = (await readFile(join(data, 'token'), 'utf8')).trim();
  return async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    const text = await answer.text();
    if (!/^rollcall_devices\{presence="\w+"\} 100\d\d$/m.test(text)) throw new Error(`no reading of 10,000 devices: ${answer.status}`);
    return text;
  };
}

async function check({ data, config }: House): Promise<void> {
  const child = spawn(ROLLCALL, ['check', '--stale', '1h', '--data', data, '--config', config], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => (said += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0 && code !== 3) throw new Error(`check ended with ${code}: ${said}`);
}
