// The product on a home and an office that do not exist: plays a month, then stays until it is interrupted. No root, no network.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { startDemo } from '../src/staging.ts';

const USAGE = `npm run demo -- [--port N] [--data FOLDER] [--keep] [--seed WORD] [--days 1..30] [--steered]
  --port N       on 127.0.0.1; 0 takes a free one (default: 0)
  --data FOLDER  where all of it is kept; it must hold no store yet (default: a folder that is removed at the end)
  --keep         do not remove the folder
  --seed WORD    another one makes other days (default: demo)
  --days N       play only so much of the month
  --steered      say "ready {json}", take one happening a line from stdin, and let nothing else happen`;

const OPTIONS = {
  port: { type: 'string', default: '0' },
  data: { type: 'string' },
  keep: { type: 'boolean', default: false },
  seed: { type: 'string', default: 'demo' },
  days: { type: 'string', default: '30' },
  steered: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

const say = (line) => console.log(`rollcall: ${line}`);

function wishOf({ port, data, keep, seed, days, steered }) {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new TypeError(`reading --port ${JSON.stringify(port)}: write 0 to 65535`);
  if (!/^\d{1,2}$/.test(days)) throw new TypeError(`reading --days ${JSON.stringify(days)}: write 1 to 30`);
  const told = steered || !process.stderr.isTTY ? () => {} : (left) => process.stderr.write(`\r${left} days ago \x1b[K`);
  const log = { debug() {}, info() {}, warn: complain, error: complain };
  return { port: Number(port), folder: data, keep, seed, days: Number(days), lively: !steered, told, log };
}

/** What the product would log; a demo says only what went wrong. */
function complain(fields, message) {
  console.error(`rollcall: ${message} ${JSON.stringify(fields, (_, value) => (value instanceof Error ? value.message : value))}`);
}

function introduce({ url, token, user, folder }, values) {
  if (values.steered) return console.log(`ready ${JSON.stringify({ url, token, user, folder })}`);
  say(`a demo is at ${url}`);
  say(`sign in as ${user.name} with password ${user.password}`);
  say(`programs show the token ${token}; commands take --data ${folder}`);
  if (values.keep || values.data !== undefined) say(`all of it stays in ${folder}`);
  say('nothing here is real, and nothing is sent anywhere; Ctrl-C ends it');
}

/** One answer for each line: "done NAME", or "refused NAME: why". */
function obey(demo, lines) {
  lines.on('line', (line) => {
    const what = line.trim();
    if (what === '') return;
    demo.happen(what).then(
      () => console.log(`done ${what}`),
      (fault) => console.log(`refused ${what}: ${fault.message}`),
    );
  });
}

/** Signals are heard from the first moment on: a month that is played is cut short as well. */
function interrupted() {
  const asked = Promise.withResolvers();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => asked.resolve());
  return asked.promise;
}

/** null: it was interrupted before it was ready. */
async function startUnlessCut(wish) {
  try {
    return await startDemo(wish);
  } catch (fault) {
    if (wish.signal.aborted) return null;
    throw fault;
  }
}

async function run() {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(USAGE);
  const end = interrupted();
  const cut = new AbortController();
  void end.then(() => cut.abort());
  if (!values.steered) say('playing a month of a home and an office ...');
  const wish = { ...wishOf(values), signal: cut.signal };
  const demo = await startUnlessCut(wish);
  if (demo === null) return;
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  introduce(demo, values);
  const lines = values.steered ? createInterface({ input: process.stdin }) : null;
  if (lines) obey(demo, lines);
  // Whoever steers it and is gone needs it no more.
  await (lines ? Promise.race([end, once(lines, 'close')]) : end);
  lines?.close();
  await demo.close();
}

run().then(
  () => process.exit(0),
  (fault) => {
    const remedy = fault.remedy ?? (fault.code?.startsWith?.('ERR_PARSE') ? 'see --help' : undefined);
    console.error(
      `rollcall: ${fault.code === undefined && !(fault instanceof TypeError) ? fault.stack : fault.message}${remedy ? `; ${remedy}` : ''}`,
    );
    process.exit(2);
  },
);
