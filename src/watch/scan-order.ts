import { ifaceName } from '../config/index.ts';
import {
  type AddressRange,
  type Allowance,
  type Cause,
  Fault,
  formatRange,
  type Instant,
  judgeScope,
  mergeRanges,
  type Names,
  type Network,
  orFault,
  parseAddress,
  parseTarget,
  rangesOf,
  type StopSignal,
  subtractRanges,
  type TargetSpec,
} from '../core/index.ts';
import { type Roll, sparedBecause } from '../inventory/index.ts';

/** Target texts as typed, strictly read. */
export function readTargets(texts: readonly string[]): TargetSpec[] {
  if (texts.length === 0) throw new Fault('bad-input', 'reading targets: none was given', 'name at least one, like 192.168.1.0/24');
  return texts.map((text) => orFault(parseTarget(text)));
}

/** Refuses what cannot be the name of an interface; whether there is one is seen at each scan. */
export function checkIface(iface: string | undefined): void {
  if (iface === undefined) return;
  const name = ifaceName(iface);
  if (!name.ok) throw new Fault('bad-input', `reading interface: ${name.reason}`, name.remedy);
}

/** Addresses to ask, or the cause why there are none. */
export type Aim =
  | { readonly ok: true; readonly addresses: readonly AddressRange[] }
  | { readonly ok: false; readonly cause: Cause; readonly remedy: string };

export interface AimParts {
  readonly names: Names;
  readonly networks: readonly Network[];
  readonly allowances: readonly Allowance[];
  readonly now: Instant;
  readonly signal: StopSignal;
}

/** Names become addresses once, and are pinned for the scan; then the scope judges every address. */
export async function aim(specs: readonly TargetSpec[], parts: AimParts): Promise<Aim> {
  const ranges: AddressRange[] = [];
  for (const spec of specs) {
    const found = spec.kind === 'ranges' ? spec.ranges : await resolve(spec.hostname, parts);
    if (found.length === 0)
      return refuse('not-resolved', `resolving ${spec.text}: it has no address`, 'check the name, or write the address');
    ranges.push(...found);
  }
  return judge(mergeRanges(ranges), parts);
}

/** Whether ranges may be asked, as {@link aim} says it. */
export function judge(addresses: readonly AddressRange[], { networks, allowances, now }: Omit<AimParts, 'names' | 'signal'>): Aim {
  const verdict = judgeScope(addresses, { attached: networks.map(({ range }) => range), allowances, now });
  if (verdict.allowed) return { ok: true, addresses };
  return refuse('out-of-scope', `scanning ${addresses.map(formatRange).join(', ')}: ${verdict.reason}`, verdict.remedy);
}

/** The same, but refused when nobody is there but devices that are to be left in peace. */
export function sparing(aimed: Aim, roll: Roll): Aim {
  if (!aimed.ok) return aimed;
  const spared = [...roll.devices.values()].filter((device) => sparedBecause(device) !== null);
  if (spared.length === 0) return aimed;
  const theirs = rangesOf(spared.flatMap((device) => device.addresses.map(({ address }) => address)));
  const addresses = subtractRanges(aimed.addresses, theirs);
  if (addresses.length > 0) return aimed; // the governor takes them out, and says so
  const who = aimed.addresses.map(formatRange).join(', ');
  const harmed = spared.some(({ labels }) => labels.harmed !== null && labels.probed);
  return refuse(
    'out-of-scope',
    `scanning ${who}: whoever is there is ${harmed ? 'left alone since it fell silent under a scan' : 'not to be probed'}`,
    harmed
      ? 'look at it, then let it be asked again with "rollcall device release DEVICE"'
      : 'allow it with "rollcall device set DEVICE --probe yes"',
  );
}

function refuse(code: Cause['code'], text: string, remedy: string): Aim {
  return { ok: false, cause: { code, text }, remedy };
}

async function resolve(hostname: string, { names, signal }: AimParts): Promise<AddressRange[]> {
  const addresses = await names.addressesOf(hostname, signal);
  return addresses.flatMap((text) => {
    const address = parseAddress(text);
    return address ? [{ family: address.family, first: address.value, last: address.value }] : [];
  });
}
