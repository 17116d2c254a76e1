// node_modules/.bin/node test/ndiff/one-pair.ts SEED [FOLDER]: writes the two documents of a seed into a folder and says where ours and Ndiff's output differ.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Desk } from './desk.ts';
import { MODES, pairOf } from './pairs.ts';

const [seed = '', folder] = process.argv.slice(2);
if (!/^\d+$/.test(seed)) throw new Error('usage: node test/ndiff/one-pair.ts SEED [FOLDER]');
const pair = pairOf(Number(seed));
if (folder !== undefined) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'a.xml'), pair.a);
  writeFileSync(join(folder, 'b.xml'), pair.b);
}
const desk = new Desk();
const faults = await desk.judge(pair, MODES);
await desk.close();
console.log(faults.join('\n\n') || `pair ${seed}: the same in ${MODES.length} modes`);
process.exitCode = faults.length > 0 ? 1 : 0;
