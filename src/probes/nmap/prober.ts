import {
  type Cause,
  type Clock,
  countAddresses,
  type LookNews,
  type LookOrder,
  type Prober,
  rateOf,
  type StopSignal,
  UNPACED,
  type Vantage,
} from '../../core/index.ts';
import type { Machine } from '../machine/machine.ts';
import { createRawOutput } from '../raw-output.ts';
import { type Findings, findingsOf, type PartEnd, unseen } from '../vantage/look.ts';
import type { Part } from '../vantage/parts.ts';
import { createSurvey, type Survey } from '../vantage/survey.ts';
import { abreast, MOST_ABREAST } from './abreast.ts';
import { buildArgv } from './build-argv.ts';
import { createLookProgress } from './look-progress.ts';
import { factsOf, type NmapLook, runPart } from './run-part.ts';

export interface NmapProberOptions {
  readonly clock: Clock;
  readonly machine: Machine;
  /** Path of nmap; without one it is looked for. */
  readonly nmapPath?: string;
  /** What it knows of this machine's networks, to share with other ways of looking. */
  readonly survey?: Survey;
}

/** Looks with nmap, one process per way the addresses are reached. Never rejects: every failure is an outcome. */
export function createNmapProber(options: NmapProberOptions): Prober {
  const survey = options.survey ?? createSurvey(options.machine);
  return {
    name: 'nmap',
    async look(order, news, signal) {
      const startedAt = options.clock.now();
      const report = await lookOr({ options, order, news, signal, survey });
      return { startedAt, finishedAt: options.clock.now(), asked: Number(countAddresses(order.addresses)), ...report };
    },
    commands: (order) => commandsOf({ options, order, survey }),
  };
}

interface Call {
  readonly options: NmapProberOptions;
  readonly order: LookOrder;
  readonly news: (item: LookNews) => void;
  readonly signal: StopSignal;
  readonly survey: Survey;
}

async function lookOr(call: Call): Promise<Findings> {
  try {
    return await look(call);
  } catch (reason) {
    return unseen('nmap', { code: 'tool-failed', text: `looking failed: ${String(reason)}` }, call.options.machine);
  }
}

async function look(call: Call): Promise<Findings> {
  const { options, order, signal } = call;
  const { clock, machine } = options;
  const nmap = options.nmapPath ?? (await machine.tool('nmap'))?.path;
  if (nmap === undefined) return unseen('nmap', { code: 'tool-missing', text: 'nmap is not installed' }, machine);
  const chosen = await chosenIface(call);
  if (chosen !== null) return unseen('nmap', chosen, machine);
  const parts = await partsOf(call);
  const raw = createRawOutput();
  const local = isLocal(parts);
  const deadline = clock.monotonic() + order.plan.budget;
  const constant: NmapLook = { order, machine, clock, tool: nmap, privileged: machine.privileged(), local, raw, signal, deadline };
  const ends = await (order.apart === undefined ? lookAtAll : lookAbreast)(parts, constant, call.news);
  return { ...findingsOf('nmap', ends), vantage: await vantageOf(parts, constant), raw: await raw.finish() };
}

/** What each nmap looks at: of an order of exact pairs one for each lot and way. */
async function partsOf({ order, survey }: Pick<Call, 'order' | 'survey'>): Promise<readonly Part[]> {
  if (order.apart === undefined) return survey.split(order);
  const lots = order.apart.map(async ({ addresses, ports }) =>
    (await survey.split({ ...order, addresses })).map((part) => ({ ...part, ports })),
  );
  return (await Promise.all(lots)).flat();
}

const isLocal = (parts: readonly Part[]): boolean => parts.every(({ reach }) => reach === 'self');

async function commandsOf({ options, order, survey }: Pick<Call, 'options' | 'order' | 'survey'>): Promise<readonly string[][]> {
  const { machine, nmapPath } = options;
  const tool = nmapPath ?? (await machine.tool('nmap'))?.path ?? 'nmap';
  const parts = await partsOf({ order, survey });
  const manner = { order, privileged: machine.privileged(), local: isLocal(parts) };
  const shared = order.apart === undefined ? manner : sharing(manner, Math.min(MOST_ABREAST, parts.length));
  return parts.map((part) => [tool, ...buildArgv(factsOf(part, shared))]);
}

/** Also where the way would not lead through it, as to this machine itself: an interface that is not there cannot be looked from. */
async function chosenIface({ order, options }: Call): Promise<Cause | null> {
  if (order.iface === null || (await options.machine.links()).some(({ iface }) => iface === order.iface)) return null;
  return { code: 'interface-gone', text: `interface ${order.iface} does not exist` };
}

/** One after another: two scans at once on one wire disturb each other's timing. */
async function lookAtAll(parts: readonly Part[], constant: NmapLook, news: Call['news']): Promise<PartEnd[]> {
  const newsOf = createLookProgress(parts, constant.clock, news);
  const ends: PartEnd[] = [];
  for (const [index, part] of parts.entries()) ends.push(await runPart(part, constant, newsOf(index)));
  return ends;
}

/** Exact pairs are few packets, and waiting for answers: several runs share the rate, and each keeps its document whole. */
async function lookAbreast(parts: readonly Part[], constant: NmapLook, news: Call['news']): Promise<PartEnd[]> {
  const newsOf = createLookProgress(parts, constant.clock, news);
  const shared = sharing(constant, Math.min(MOST_ABREAST, parts.length));
  return abreast(parts, MOST_ABREAST, async (part, index) => {
    const chunks: Uint8Array[] = [];
    const raw = { ...constant.raw, write: (chunk: Uint8Array) => void chunks.push(chunk) };
    const end = await runPart(part, { ...shared, raw }, newsOf(index));
    for (const chunk of chunks) constant.raw.write(chunk);
    return end;
  });
}

/** The look with its rate shared by so many runs. */
function sharing<Manner extends Pick<NmapLook, 'order'>>(manner: Manner, runs: number): Manner {
  const { order } = manner;
  const rate = rateOf(order.plan, order.pace ?? UNPACED);
  if (rate === null || runs < 2) return manner;
  return { ...manner, order: { ...order, plan: { ...order.plan, maxRate: Math.max(1, Math.floor(rate / runs)) } } };
}

async function vantageOf(parts: readonly Part[], { machine, privileged }: NmapLook): Promise<Vantage> {
  const abroad = parts.filter(({ reach }) => reach !== 'self');
  const ifaces = new Set(abroad.map(({ iface }) => iface));
  const only = abroad.length === 0 ? ((await machine.links()).find(({ loopback }) => loopback)?.iface ?? null) : [...ifaces][0];
  return { iface: ifaces.size > 1 ? null : (only ?? null), privileged };
}
