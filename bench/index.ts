// npm run bench [NAME...]: measures, prints one JSON table, and exits 1 when a bar is missed.
import { cpus, totalmem } from 'node:os';
import { keeps, type Row } from './row.ts';

const GROUPS: Readonly<Record<string, () => Promise<Row[]>>> = {
  tokenizer: async () => (await import('./tokenizer.ts')).run(),
  commit: async () => (await import('./commit.ts')).commitRows(),
  store: async () => (await import('./store.ts')).storeRows(),
  year: async () => (await import('./year.ts')).yearRows(),
  flood: async () => (await import('./flood.ts')).floodRows(),
  daemon: async () => (await import('./daemon.ts')).daemonRows(),
  arrival: async () => (await import('./arrival.ts')).arrivalRows(),
  alert: async () => (await import('./alert.ts')).alertRows(),
  silent: async () => (await import('./silent.ts')).silentRows(),
  departure: async () => (await import('./departure.ts')).departureRows(),
  presence: async () => (await import('./presence.ts')).presenceRows(),
  filter: async () => (await import('./filter.ts')).filterRows(),
  asking: async () => (await import('./asking.ts')).askingRows(),
  import: async () => (await import('./import.ts')).importRows(),
  ndiff: async () => (await import('./ndiff.ts')).ndiffRows(),
  cli: async () => (await import('./cli.ts')).cliRows(),
  sweep: async () => (await import('./sweep.ts')).sweepRows(),
  listen: async () => (await import('./listen.ts')).listenRows(),
  metrics: async () => (await import('./metrics.ts')).metricsRows(),
  nightly: async () => (await import('./nightly.ts')).nightlyRows(),
  mqtt: async () => (await import('./mqtt.ts')).mqttRows(),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(GROUPS, name));
if (unknown.length > 0) {
  console.error(`bench: nothing is called ${unknown.join(', ')}\n  remedy: use ${Object.keys(GROUPS).join(', ')}`);
  process.exit(2);
}

const rows: Row[] = [];
for (const [name, measure] of Object.entries(GROUPS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`measuring ${name}`);
  rows.push(...(await measure()));
}
const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30) };
console.log(JSON.stringify({ machine, rows: rows.map((row) => ({ ...row, kept: keeps(row) })) }, null, 2));
process.exitCode = rows.every(keeps) ? 0 : 1;
