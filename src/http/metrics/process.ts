import { readdir } from 'node:fs/promises';
import type { Registry } from 'prom-client';
import type { Keeper, Meters } from './keeper.ts';
import { counted, gauge } from './meters.ts';

/** The program and its process, as far as that is cheap. */
export function processMeters(registry: Registry, keeper: Keeper): Meters {
  const build = gauge(registry, {
    name: 'rollcall_build_info',
    help: 'Which Rollcall runs, and on which Node.',
    labels: ['version', 'node'],
  });
  const cpu = counted(registry, { name: 'process_cpu_seconds_total', help: 'Time on a processor, of the user and the system.' });
  const started = gauge(registry, { name: 'process_start_time_seconds', help: 'When the process began.' });
  const resident = gauge(registry, { name: 'process_resident_memory_bytes', help: 'Memory of the process.' });
  const heap = gauge(registry, { name: 'nodejs_heap_size_used_bytes', help: 'Memory that objects take.' });
  const open = gauge(registry, { name: 'process_open_fds', help: 'Files and connections that are open.' });
  let files: number | null = null;
  started.set(performance.timeOrigin / 1000);
  return {
    subject: 'process',
    async ask() {
      files = await readdir('/proc/self/fd').then(
        (all) => all.length - 1, // one is this look
        () => null,
      );
    },
    read() {
      const { user, system } = process.cpuUsage();
      const { rss, heapUsed } = process.memoryUsage();
      build.set(1, { version: keeper.status().version, node: process.version });
      cpu.set((user + system) / 1e6);
      resident.set(rss);
      heap.set(heapUsed);
      open.reset();
      if (files !== null) open.set(files);
    },
  };
}
