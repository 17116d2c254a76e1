import type { Registry } from 'prom-client';
import type { Meters } from './keeper.ts';
import { gauge } from './meters.ts';

export function storeMeters(registry: Registry, sizeOf: () => Promise<number | null>): Meters {
  const bytes = gauge(registry, { name: 'rollcall_store_size_bytes', help: 'What the store takes on the disk.' });
  let size: number | null = null;
  return {
    subject: 'store',
    async ask() {
      size = await sizeOf();
    },
    read() {
      bytes.reset();
      if (size !== null) bytes.set(size);
    },
  };
}
