import {
  bothGuards,
  budgetOf,
  type Cause,
  type CauseCode,
  type Clock,
  countAddresses,
  guardsNothing,
  type Instant,
  type LookOrder,
  type Millis,
  NO_COVERAGE,
  type Prober,
  quietAt,
  quietChanges,
  type ScanReport,
  type StopSignal,
} from '../../core/index.ts';
import { govern, nobodyLeft, type Roll } from '../../inventory/index.ts';
import type { Aim } from '../scan-order.ts';
import { joined } from './join-looks.ts';
import type { LimitsThere } from './limits.ts';
import { putOffBy, wallText } from './put-off.ts';
import { type GuardParts, judgeStanding } from './vantage-guard.ts';

export interface GovernorParts extends Omit<GuardParts, 'prober'> {
  /** The way of looking that is governed. */
  readonly prober: Prober;
  readonly clock: Clock;
  roll(): Roll;
  limitsAt(order: LookOrder): LimitsThere;
  /** Whether these addresses may be asked at all, as things are now. */
  judge(addresses: LookOrder['addresses']): Aim;
  /** When the first allowance that the addresses need ends; infinite: they need none. */
  allowedUntil(addresses: LookOrder['addresses']): Instant;
  privileged(): boolean;
  /** Packets that each interface has sent so far; null: nobody can tell. */
  sentPackets(): Promise<ReadonlyMap<string, number> | null>;
}

/**
 * The one gate that every look passes, whoever ordered it: scope, once more, since an allowance may have ended while the
 * scan waited; where we stand; who is to be left alone or asked gently; how fast; and until when. It never looks itself.
 */
export function governedProber(parts: GovernorParts): Prober {
  return {
    name: parts.prober.name,
    look: async (order, news, signal) => {
      const startedAt = parts.clock.now();
      const refused = await refusal(parts, order, signal);
      if (refused !== null) return notLooked(refused, { order, startedAt, parts });
      return lookGoverned(parts, order, { news, signal });
    },
    ...(parts.prober.commands && { commands: async (order) => commandsOf(parts, order) }),
  };
}

/** What would be run, by those who may be asked. */
async function commandsOf(parts: GovernorParts, asked: LookOrder): Promise<readonly (readonly string[])[]> {
  const { order, gently } = govern(asked, parts.roll(), { ...parts.limitsAt(asked), privileged: parts.privileged() });
  const orders = [order, gently].filter((one) => one !== null);
  return (await Promise.all(orders.map(async (one) => (await parts.prober.commands?.(one)) ?? []))).flat();
}

async function refusal(parts: GovernorParts, order: LookOrder, signal: StopSignal): Promise<Cause | null> {
  const scope = parts.judge(order.addresses);
  if (!scope.ok) return scope.cause;
  const limits = parts.limitsAt(order);
  const putOff = order.now ? null : putOffBy(limits, order.plan, parts.clock.now());
  if (putOff !== null)
    return { code: 'quiet-hours', text: `${putOff.because} until ${wallText(putOff.until, limits.quiet.zone)}: nothing was sent` };
  return standingCause(parts, order, signal);
}

/** Why the order must not be carried out from where we stand; null: it may. */
async function standingCause(parts: GovernorParts, order: LookOrder, signal: StopSignal): Promise<Cause | null> {
  for (const usual of parts.limitsAt(order).guards) {
    const guard = bothGuards(usual, order.guard ?? {});
    const cause = guardsNothing(guard) ? null : await judgeStanding(guard, order, { ...parts, signal });
    if (cause !== null) return cause;
  }
  return null;
}

interface Looking {
  readonly news: Parameters<Prober['look']>[1];
  readonly signal: StopSignal;
}

async function lookGoverned(parts: GovernorParts, asked: LookOrder, { news, signal }: Looking): Promise<ScanReport> {
  const { prober, clock } = parts;
  const startedAt = clock.now();
  const limits = parts.limitsAt(asked);
  const end = endOf(parts, asked, limits);
  const governed = govern(asked, parts.roll(), { ...limits, privileged: parts.privileged() });
  const { order, gently, words } = governed;
  const orders = [order, gently].filter((one) => one !== null);
  if (orders.length === 0)
    return notLooked({ code: 'out-of-scope', text: nobodyLeft(asked, governed) }, { order: asked, startedAt, parts });
  const before = await parts.sentPackets();
  const reports: ScanReport[] = [];
  let elsewhere: Cause | null = null;
  for (const one of orders) {
    const left = end.at - clock.now();
    if (reports.length > 0 && (left <= 0 || signal.aborted)) break;
    // The first part may have taken hours, in which a laptop was carried elsewhere.
    elsewhere = reports.length > 0 ? await standingCause(parts, asked, signal) : null;
    if (elsewhere !== null) break;
    reports.push(await prober.look(bounded(one, left), news, signal));
  }
  const report = { ...joined(reports, orders, elsewhere), ...sentSince(before, await parts.sentPackets(), reports) };
  return { ...report, startedAt, ...cutBy(report, end, clock.now()), warnings: [...words, ...report.warnings] };
}

/** What left by the interfaces that were looked from; by which, is not known of a look through several. */
function sentSince(before: Counted, after: Counted, reports: readonly ScanReport[]): { readonly sent?: number } {
  const ifaces = new Set(reports.map(({ vantage }) => vantage.iface));
  if (before === null || after === null || ifaces.has(null)) return {};
  return { sent: [...ifaces].reduce((sum, iface) => sum + Math.max(0, (after.get(iface ?? '') ?? 0) - (before.get(iface ?? '') ?? 0)), 0) };
}

type Counted = ReadonlyMap<string, number> | null;

/** Enough time for what the pace allows, but no longer than may be. */
function bounded(order: LookOrder, left: Millis): LookOrder {
  const { plan, pace } = order;
  const budget = pace === undefined ? plan.budget : budgetOf(plan, pace, hostsIn(order));
  return { ...order, plan: { ...plan, budget: Math.max(1, Math.min(budget, left)) } };
}

/** Of a network of which most addresses are silent, nobody is asked for ports there. */
function hostsIn({ addresses, expected, plan }: LookOrder): number {
  const all = Number(countAddresses(addresses));
  return plan.assumeUp ? all : Math.min(all, Math.max(256, 2 * (expected?.length ?? 0)));
}

interface End {
  readonly at: Instant;
  readonly cause: { readonly code: CauseCode; readonly text: string } | null;
}

/** Until when the order may be carried out, and what ends it then. */
function endOf(parts: GovernorParts, { plan, addresses }: LookOrder, { quiet, quietSweeps }: LimitsThere): End {
  const now = parts.clock.now();
  const until = parts.allowedUntil(addresses);
  // Who looks in quiet hours was told to.
  const heedsQuiet = (plan.ports !== null || quietSweeps) && quietAt(quiet, now) === undefined;
  const hushed = heedsQuiet ? quietChanges(quiet, now) : null;
  const ends: End[] = [
    { at: until, cause: { code: 'out-of-scope', text: 'the allowance for these addresses ended' } },
    { at: hushed ?? Number.POSITIVE_INFINITY, cause: { code: 'quiet-hours', text: 'quiet hours began' } },
  ];
  const [first] = ends.filter(({ at }) => Number.isFinite(at)).sort((a, b) => a.at - b.at);
  return first ?? { at: Number.POSITIVE_INFINITY, cause: null };
}

/** Says why a look ended when it was our doing. */
function cutBy(report: ScanReport, { at, cause }: End, now: Instant): Pick<ScanReport, 'cause' | 'finishedAt'> {
  const cut = report.cause?.code === 'over-budget' && cause !== null && now >= at;
  const text = `${cause?.text}: it was stopped, and what it saw until then is kept`;
  return { finishedAt: now, cause: cut ? { code: cause.code, text } : report.cause };
}

interface Untouched {
  readonly order: LookOrder;
  readonly startedAt: Instant;
  readonly parts: GovernorParts;
}

/** A look that was not begun: it asked nobody, and covers nothing. */
function notLooked(cause: Cause, { order, startedAt, parts }: Untouched): ScanReport {
  return {
    startedAt,
    finishedAt: parts.clock.now(),
    cause,
    outcome: 'failed',
    coverage: NO_COVERAGE,
    vantage: { iface: order.iface, privileged: parts.privileged() },
    tool: { name: '', version: '' },
    commands: [],
    observations: [],
    asked: 0,
    warnings: [],
    raw: null,
  };
}
