import { spawnSync } from 'node:child_process';
import { ROLLCALL, withHouse } from './house.ts';
import { median, type Row, round } from './row.ts';

const RUNS = 11;

/** Whole commands, from the shell's point of view, after one warm-up. */
export async function cliRows(): Promise<Row[]> {
  const version = milliseconds(['--version']);
  const { alone, asked } = await withHouse(1000, async ({ data, config, daemon }) => {
    const args = ['devices', '--json', '--data', data, '--config', config];
    const withoutDaemon = milliseconds(args);
    const running = await daemon();
    const withDaemon = milliseconds(args);
    await running.stop();
    return { alone: withoutDaemon, asked: withDaemon };
  });
  return [
    {
      name: 'rollcall --version',
      value: round(version),
      unit: 'ms',
      bar: { max: 80 },
      versus: { 'node --version, same binary': round(milliseconds(['--version'], NODE)) },
    },
    { name: 'rollcall devices, 1,000 devices, no daemon', value: round(alone), unit: 'ms', bar: { max: 250 } },
    { name: 'rollcall devices, 1,000 devices, asking the daemon', value: round(asked), unit: 'ms', bar: { max: 250 } },
  ];
}

const NODE = process.execPath;

function milliseconds(args: readonly string[], program = ROLLCALL): number {
  const taken = Array.from({ length: RUNS + 1 }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${status}\n${stderr}`);
    return performance.now() - start;
  });
  return median(taken.slice(1));
}
