/** Writes step after step of alerting; kills itself before the n-th statement. Prints the number of each step that was answered. */
import { openSqlite } from '../../../src/store/sqlite/open.ts';
import { arrival, MINUTE, SITE, START, sceneIn } from '../../contracts/store/scene.ts';
import { incident, notification, verdict } from '../../make/stored-alerts.ts';

const [path = '', deadly = ''] = process.argv.slice(2);
let statements = 0;
const store = await openSqlite({
  path,
  trace() {
    statements++;
    if (statements === Number(deadly)) process.kill(process.pid, 'SIGKILL');
  },
});
const { commit, lease } = await sceneIn(store);
for (let n = 1; n <= 3; n++) await commit(START + n * MINUTE, arrival(n, START));
statements = 0;
for (let n = 1; n <= 3; n++) {
  const told = notification({ id: n, incident: n, state: 'waiting', endedAt: null });
  const sent = notification({ id: n - 1, incident: n - 1 });
  await store.writeAlerts(
    {
      site: SITE,
      judged: n,
      verdicts: [verdict({ seq: n })],
      incidents: [incident({ id: n })],
      notifications: n > 1 ? [sent, told] : [told],
    },
    lease,
  );
  process.stdout.write(`${n}\n`);
}
process.stdout.write(`statements ${statements}\n`);
await store.close();
