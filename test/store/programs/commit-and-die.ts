/** Commits scan after scan; kills itself before the n-th statement. Prints the number of each commit that was answered. */
import { openSqlite } from '../../../src/store/sqlite/open.ts';
import { arrival, awaySince, MINUTE, START, sceneIn } from '../../contracts/store/scene.ts';

const [path = '', deadly = ''] = process.argv.slice(2);
let statements = 0;
const store = await openSqlite({
  path,
  trace() {
    statements++;
    if (statements === Number(deadly)) process.kill(process.pid, 'SIGKILL');
  },
});
const { commit } = await sceneIn(store);
statements = 0;
for (let n = 1; n <= 3; n++) {
  const left = { device: n - 1, close: [{ kind: 'presence', key: '' }] as const, open: [awaySince(START)] };
  const story = arrival(n, START);
  const [change] = await commit(START + n * MINUTE, {
    ...story,
    spans: [...(story.spans ?? []), ...(n > 1 ? [left] : [])],
    raw: new Uint8Array(9),
  });
  process.stdout.write(`${change?.seq}\n`);
}
process.stdout.write(`statements ${statements}\n`);
await store.close();
