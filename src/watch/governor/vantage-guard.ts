import {
  type Address,
  type AddressRange,
  type Cause,
  formatRange,
  type Guard,
  isWithin,
  type LookOrder,
  type Mac,
  type Network,
  PLANS,
  type Prober,
  parseAddress,
  type Result,
  rangesOf,
  type StopSignal,
} from '../../core/index.ts';

/** What the guard asks, and whom. */
export interface GuardParts {
  readonly prober: Prober;
  networks(): readonly Network[];
  gateways(): readonly Address[];
  ifaceOf(range: AddressRange): string | null;
  /** The card the kernel knows for an address; null: none. Left out where nobody can tell. */
  readonly cardAt?: (address: Address) => Promise<Mac | null>;
  /** The address at which the world sees this machine, as the page of the config says. */
  publicAddress(signal: StopSignal): Promise<Result<Address>>;
}

/** A gateway that keeps silent is nothing to wait for. */
const PLAN = { ...PLANS.sweep, budget: 5000 };
/** A lost reply must not cost a night's scan. */
const TRIES = 2;

/**
 * Why an order must not be carried out from here (S3.6): null when we stand where its guard says. Nothing is sent to those
 * the order means; only gateways are asked for their cards, and the page that says our public address.
 */
export async function judgeStanding(
  guard: Guard,
  order: Pick<LookOrder, 'addresses' | 'iface'>,
  setting: GuardParts & { readonly signal: StopSignal },
): Promise<Cause | null> {
  if (isOwn(order.addresses, setting.networks())) return null;
  return networkCause(guard, setting.networks()) ?? (await gatewayCause(guard, order, setting)) ?? (await publicCause(guard, setting));
}

/** What is asked of this machine itself leaves it nowhere. */
const isOwn = (addresses: readonly AddressRange[], networks: readonly Network[]): boolean =>
  addresses.every((range) => networks.some(({ loopback, range: own }) => loopback && within(own, range)));

const within = (outer: AddressRange, inner: AddressRange): boolean =>
  outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;

const wrong = (expected: string, found: string): Cause => ({
  code: 'wrong-vantage',
  text: `the guard expects ${expected}, and found ${found}: nothing was sent`,
});
const unproven = (expected: string, why: string): Cause => ({
  code: 'vantage-unproven',
  text: `the guard expects ${expected}, and ${why}: nothing was sent`,
});

function networkCause({ network }: Guard, networks: readonly Network[]): Cause | null {
  if (network === undefined) return null;
  const real = networks.filter(({ loopback }) => !loopback);
  if (real.some(({ range }) => within(network, range) && within(range, network))) return null;
  const found = real.map(({ block, iface }) => `${block} (${iface})`);
  return wrong(`an address in the network ${formatRange(network)}`, found.length === 0 ? 'no network' : found.slice(0, 5).join(', '));
}

async function gatewayCause(
  { gateway }: Guard,
  order: Pick<LookOrder, 'addresses' | 'iface'>,
  setting: GuardParts & { readonly signal: StopSignal },
): Promise<Cause | null> {
  if (gateway === undefined) return null;
  const expected = `a gateway that answers from ${gateway}`;
  const asked = gatewaysFor(order, setting);
  if (asked.length === 0) return unproven(expected, 'this machine has no gateway');
  let cards: Answers = new Map();
  for (let i = 0; i < TRIES && cards.size === 0 && !setting.signal.aborted; i++) cards = await cardsOf(asked, order.iface, setting);
  if (cards.size === 0) return unproven(expected, `${asked.join(', ')} did not answer`);
  if ([...cards.values()].some((macs) => macs.has(gateway))) return null;
  const found = [...cards].map(([address, macs]) => `${address} at ${[...macs].join(' and ')}`).join(', ');
  return wrong(expected, found);
}

type Answers = ReadonlyMap<Address, ReadonlySet<Mac>>;

/** Where the order leaves this machine: the gateways of that wire, or of all where it has none. */
function gatewaysFor(
  { addresses: [first], iface }: Pick<LookOrder, 'addresses' | 'iface'>,
  { gateways, ifaceOf }: GuardParts,
): readonly Address[] {
  const all = gateways().filter((address) => rangesOf([address]).some((range) => ifaceOf(range) !== null));
  const wire = iface ?? (first === undefined ? null : ifaceOf(first));
  const near = all.filter((address) => rangesOf([address]).some((range) => ifaceOf(range) === wire));
  return (near.length > 0 ? near : all).slice(0, MOST_GATEWAYS);
}

const MOST_GATEWAYS = 8;

async function cardsOf(
  gateways: readonly Address[],
  iface: string | null,
  { prober, ifaceOf, cardAt, signal }: GuardParts & { readonly signal: StopSignal },
): Promise<Answers> {
  const ranges = rangesOf(gateways);
  const own = iface !== null && ranges.every((range) => ifaceOf(range) === iface) ? iface : null;
  const report = await prober.look({ plan: PLAN, addresses: ranges, iface: own }, () => {}, signal).catch(() => null);
  const answers = new Map<Address, Set<Mac>>();
  for (const { address, mac } of report?.observations ?? []) {
    // Without raw packets only the kernel knows who answered.
    const card = mac ?? (await cardAt?.(address)) ?? null;
    if (card === null || !isWithin(ranges, address)) continue;
    answers.set(address, (answers.get(address) ?? new Set()).add(card));
  }
  return answers;
}

async function publicCause(
  { public: expected }: Guard,
  { publicAddress, signal }: GuardParts & { readonly signal: StopSignal },
): Promise<Cause | null> {
  if (expected === undefined) return null;
  const wanted = `the public address ${expected}`;
  const found = await publicAddress(signal);
  if (!found.ok) return unproven(wanted, found.reason);
  return same(found.value, expected) ? null : wrong(wanted, found.value);
}

const same = (a: Address, b: Address): boolean =>
  parseAddress(a)?.value === parseAddress(b)?.value && parseAddress(a)?.family === parseAddress(b)?.family;
