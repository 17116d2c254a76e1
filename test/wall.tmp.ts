import { createLan } from './lan/index.ts';
import { newProgram } from './program/program.ts';
const lan = await createLan({ hosts: 60 });
try {
  for (const scan of ['rate = "lifted"\nper_host = "lifted"', 'rate = 300\nper_host = 100']) {
    const program = await newProgram({ config: `[self]\nwatch = false\n[scan]\n${scan}\n`, prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
    await program.run('scan', lan.block, '--plan', 'sweep');
    const [forecast] = await program.json('scan', lan.block, '--plan', 'ports', '--forecast');
    const { scan: done, sent } = await program.json('scan', lan.block, '--plan', 'ports');
    console.log(scan.replace('\n', ', '), JSON.stringify(forecast.likely), 'took', (Date.parse(done.finishedAt) - Date.parse(done.startedAt)) / 1000, 'sent', sent, done.outcome);
    await program.end();
  }
} finally { await lan.stop(); }
