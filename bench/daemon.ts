import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { ROLLCALL, withHouse } from './house.ts';
import { percentile, type Row, round } from './row.ts';
import { hostAt, xmlOf } from './world.ts';

const IDLE_FOR = 30_000;

/** The daemon as a user has it: ready, idle, and answering while it commits. */
export async function daemonRows(): Promise<Row[]> {
  return [await readyRow(), ...(await idleRows()), ...(await busyRows())];
}

async function readyRow(): Promise<Row> {
  const value = await withHouse(10_000, async (house) => {
    const start = performance.now();
    const daemon = await house.daemon();
    const ready = performance.now() - start;
    await daemon.stop();
    return ready;
  });
  return { name: 'ready with 10,000 devices', value: round(value), unit: 'ms', bar: { max: 2000 } };
}

async function idleRows(): Promise<Row[]> {
  const { cpu, rss } = await withHouse(1000, async (house) => {
    const daemon = await house.daemon();
    await pause(10_000); // the first scan of this machine itself is not idleness
    const before = await cpuSeconds(daemon.pid);
    await pause(IDLE_FOR);
    const after = await cpuSeconds(daemon.pid);
    const memory = await rssMegabytes(daemon.pid);
    await daemon.stop();
    return { cpu: ((after - before) / (IDLE_FOR / 1000)) * 100, rss: memory };
  });
  return [
    { name: 'idle CPU at 1,000 devices', value: round(cpu, 2), unit: '% of a core', bar: { max: 1 } },
    { name: 'RSS at 1,000 devices', value: round(rss), unit: 'MB', bar: { max: 150 } },
  ];
}

/** Requests from another process while 10,000 new hosts come in through the front door. */
async function busyRows(): Promise<Row[]> {
  const times = await withHouse(1000, async (house) => {
    const daemon = await house.daemon();
    const token = (await readFile(join(house.data, 'token'), 'utf8')).trim();
    const hosts = Array.from({ length: 10_000 }, (_, i) => hostAt(2000 + i));
    const ingest = spawn(ROLLCALL, ['ingest', '-', '--quiet', '--data', house.data, '--config', house.config], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    ingest.stdin.end(xmlOf(hosts, Date.now()));
    const taken: number[] = [];
    let running = true;
    void exit(ingest).then(() => (running = false));
    while (running) taken.push(await ask(house.port, token, `/api/v1/devices/${1 + (taken.length % 1000)}`));
    await daemon.stop();
    return taken;
  });
  return [
    { name: 'API p99 while 10,000 new hosts are committed', value: round(percentile(times, 0.99)), unit: 'ms', bar: { max: 50 } },
    { name: 'API median in that time', value: round(percentile(times, 0.5), 2), unit: 'ms' },
    { name: 'requests answered in that time', value: times.length, unit: 'requests' },
  ];
}

function ask(port: number, token: string, path: string): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      answer
        .resume()
        .on('end', () =>
          answer.statusCode === 200 ? resolve(performance.now() - start) : reject(new Error(`${path}: ${answer.statusCode}`)),
        );
    });
    call.on('error', reject).end();
  });
}

const exit = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.on('close', () => resolve()));
const pause = (length: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, length));

/** User and system time of the process itself, without its children. */
async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function rssMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}
