// How soon a newcomer is heard, and what a flood costs. Needs root: everything happens in a LAN of network namespaces.
import { setTimeout as pause } from 'node:timers/promises';
import * as make from '../test/capture/frames.ts';
import { emptyTally, judgeMutant } from '../test/capture/mutants.ts';
import { type Sender, type Station, startSender, startStation } from '../test/capture/station.ts';
import { createLan, type Lan } from '../test/lan/index.ts';
import { median, percentile, type Row, round, timed } from './row.ts';

const ARRIVALS = 200;
const FLOOD = { rate: 100_000, seconds: 10 } as const;
const KNOWN = 20;
const MUTANTS = 1_000_000;

export async function listenRows(): Promise<Row[]> {
  if (process.getuid?.() !== 0) {
    console.error('listen: left out, a LAN of network namespaces needs root');
    return [];
  }
  const lan = await createLan({ hosts: 2, block: '10.77.0.0/16' });
  try {
    const sender = await startSender(lan);
    const station = await startStation(lan, sender, { knows: 'f0:18:98:00:' });
    const rows = [...(await arrivalRows(station, sender)), ...(await floodRows(lan, station, sender))];
    await station.stop();
    return [...rows, await mutantRow()];
  } finally {
    await lan.stop();
  }
}

const cardOf = (n: number): string => `f0:18:98:00:${(n >> 8).toString(16).padStart(2, '0')}:${(n & 255).toString(16).padStart(2, '0')}`;

function announcement(n: number): Buffer {
  const address = `10.77.${1 + (n >> 8)}.${n & 255}`;
  return make.arp({ from: cardOf(n) }, { sender: address, target: address });
}

/** From just before the frame is sent to the sighting in the listening process. */
async function arrivalRows(station: Station, sender: Sender): Promise<Row[]> {
  const took: number[] = [];
  for (let n = 1; n <= ARRIVALS; n++) {
    const [left = Number.NaN] = await sender.send(announcement(n));
    const { told } = await station.hears(({ mac }) => mac === cardOf(n));
    took.push(told - left);
    await pause(20);
  }
  return [
    { name: 'listen: announcement to sighting, p50', value: round(median(took), 2), unit: 'ms', bar: { max: 50 } },
    { name: 'listen: announcement to sighting, p99', value: round(percentile(took, 0.99), 2), unit: 'ms', bar: { max: 250 } },
  ];
}

/** 100,000 ARP frames a second of strangers, while known devices announce themselves every two seconds. */
async function floodRows(lan: Lan, station: Station, sender: Sender): Promise<Row[]> {
  const blaster = await startSender(lan);
  const before = await station.report();
  const flood = { over: false };
  const began = performance.now();
  const blasted = blaster.flood(FLOOD).finally(() => {
    flood.over = true;
  });
  const known = { asked: 0, heard: 0, took: [] as number[] };
  let memory = 0;
  while (!flood.over) {
    await announceAll(station, sender, known);
    memory = Math.max(memory, (await station.report()).memory);
  }
  const seconds = (performance.now() - began) / 1000;
  const sent = await blasted;
  const after = await station.report();
  // tcpdump is asked for its losses every five seconds.
  await pause(6000);
  const { dropped } = (await station.report()).count;
  const cpu = (after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / 1e6 / seconds;
  return [
    { name: 'listen: flood sent', value: Math.round(sent / seconds), unit: 'frames/s' },
    { name: 'listen: flood taken in', value: Math.round((after.count.heard - before.count.heard) / seconds), unit: 'frames/s' },
    { name: 'listen: flood lost before us, and counted', value: round((dropped / sent) * 100, 2), unit: '%' },
    { name: 'listen: sightings told in the flood', value: after.count.told - before.count.told, unit: '', bar: { max: 20_000 } },
    { name: 'listen: known devices heard in the flood', value: round((known.heard / known.asked) * 100), unit: '%', bar: { min: 95 } },
    { name: 'listen: known device to sighting in the flood, p50', value: round(median(known.took), 2), unit: 'ms', bar: { max: 250 } },
    { name: 'listen: growth in the flood', value: round((memory - before.memory) / 2 ** 20), unit: 'MiB', bar: { max: 96 } },
    { name: 'listen: processor of the listening process in the flood', value: round(cpu, 2), unit: 'cores' },
  ];
}

async function announceAll(station: Station, sender: Sender, known: { asked: number; heard: number; took: number[] }): Promise<void> {
  for (let n = 1; n <= KNOWN; n++) {
    const [left = Number.NaN] = await sender.send(announcement(n));
    known.asked++;
    const heard = await station.hears(({ mac }) => mac === cardOf(n), 500).catch(() => undefined);
    if (heard === undefined) continue;
    known.heard++;
    known.took.push(heard.told - left);
  }
  // Past the second in which the same is told only once.
  await pause(1000);
}

async function mutantRow(): Promise<Row> {
  const seed = Date.now() % 2 ** 31;
  const tally = emptyTally();
  const took = await timed(() => {
    for (let number = 0; number < MUTANTS; number++) judgeMutant(seed, number, tally);
  });
  return { name: `listen: ${MUTANTS} damaged frames made and read (seed ${seed})`, value: round(took / 1000), unit: 's', bar: { max: 60 } };
}
