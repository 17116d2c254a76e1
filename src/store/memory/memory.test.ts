import { storeContract } from '../../../test/contracts/store.ts';
import { openMemory } from './open.ts';

storeContract('memory', async () => {
  const store = openMemory();
  return { store, stop: () => store.close() };
});
