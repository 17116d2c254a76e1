import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeContract } from '../../../test/contracts/store.ts';
import { openSqlite } from './open.ts';

storeContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-store-'));
  const path = join(folder, 'rollcall.db');
  let store = await openSqlite({ path });
  return {
    store,
    async reopen() {
      await store.close();
      store = await openSqlite({ path });
      return store;
    },
    async stop() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});
