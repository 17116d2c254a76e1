import { type Clue, type ClueKind, type Device, isRandomizedMac } from '../core/index.ts';
import { tellingName, wayOf } from './propose-merges-names.ts';

/** Something two devices have alike. */
export interface Likeness {
  /** 0..1, how much it says by itself. */
  readonly weight: number;
  /** It alone may join devices that are present at once. */
  readonly strong: boolean;
  /** The end of a sentence that begins with "both" or "all". */
  readonly text: string;
}

export interface Evidence extends Likeness {
  readonly key: string;
}

const STRONG: Readonly<Partial<Record<ClueKind, { readonly weight: number; readonly text: string }>>> = {
  'dhcp.client': { weight: 0.9, text: 'ask by DHCP as client' },
  'mdns.id': { weight: 0.9, text: 'announce by mDNS the identifier' },
  'ssh.key': { weight: 0.85, text: 'show the SSH host key' },
};

/** What may lead to another device that is the same: one entry for each name and identifier. */
export function evidenceOf(device: Device): readonly Evidence[] {
  return [...device.clues.flatMap(fromClue), ...namesOf(device)];
}

function fromClue({ kind, value }: Clue): Evidence[] {
  const strong = STRONG[kind];
  // "0", "unknown" and rows of one digit are identifiers of whole product lines.
  if (!strong || value.length < 6 || /^(.)\1*$|^unknown$|^default$/i.test(value)) return [];
  return [{ key: `${kind} ${value}`, weight: strong.weight, strong: true, text: `${strong.text} ${cut(value)}` }];
}

const NAME_WEIGHT = { real: 0.5, mixed: 0.55, made: 0.6 } as const;

function namesOf(device: Device): Evidence[] {
  const names = new Map<string, Evidence>();
  for (const entry of device.names) {
    const name = tellingName(entry);
    if (name === null || names.has(name)) continue;
    const text = `call themselves ${JSON.stringify(cut(name))} by ${wayOf(entry.source)}`;
    names.set(name, { key: `name ${name}`, weight: NAME_WEIGHT.real, strong: false, text });
  }
  return [...names.values()];
}

/** Longest value shown in a sentence. */
const cut = (text: string): string => (text.length > 64 ? `${text.slice(0, 64)}...` : text);

/** Whether it hides behind addresses that it makes up. */
export const isDisguised = ({ macs }: Device): boolean => macs.length > 0 && macs.every(({ mac }) => isRandomizedMac(mac));

/** A name says more of devices that make up their addresses: the name is then what stays. */
export function nameWeight(a: Device, b: Device): number {
  const made = Number(isDisguised(a)) + Number(isDisguised(b));
  return [NAME_WEIGHT.real, NAME_WEIGHT.mixed, NAME_WEIGHT.made][made] ?? NAME_WEIGHT.real;
}

/** What adds to other evidence and says nothing alone. */
export function weakLikenesses(a: Device, b: Device): readonly Likeness[] {
  const weak = (weight: number, text: string): Likeness => ({ weight, strong: false, text });
  const asks = clueOf(a, 'dhcp.options');
  const alike = asks !== null && asks === clueOf(b, 'dhcp.options') && clueOf(a, 'dhcp.vendor') === clueOf(b, 'dhcp.vendor');
  const shape = shapeOf(a);
  return [
    ...(alike ? [weak(0.2, `ask by DHCP for the same options in the same order (${cut(asks)})`)] : []),
    ...(shape !== null && shape === shapeOf(b) ? [weak(0.25, `serve the same on the same ports (${cut(shape)})`)] : []),
    ...(aliveApart(a, b) ? [weak(0.2, NEVER_AT_ONCE)] : []),
  ];
}

/** Not of the "both ..." kind: told of a proposal when it holds of all its devices. */
export const NEVER_AT_ONCE = 'never present at once';

/** One was last seen before the other was ever seen. Whoever is present may be so unseen: two that are now are so at once. */
export const aliveApart = (a: Device, b: Device): boolean =>
  !(a.presence === 'present' && b.presence === 'present') && (a.lastSeen < b.firstSeen || b.lastSeen < a.firstSeen);

const clueOf = ({ clues }: Device, kind: ClueKind): string | null => clues.find((clue) => clue.kind === kind)?.value ?? null;

/** Four open ports and more, with what serves them, tell one machine from another. */
function shapeOf({ ports }: Device): string | null {
  const open = ports.filter(({ state }) => state === 'open');
  if (open.length < 4 || open.length > 100) return null;
  return open.map(({ protocol, port, service }) => [`${port}/${protocol}`, service?.product].filter(Boolean).join(' ')).join(', ');
}

/**
 * What speaks against a name in common: systems of other makes, by what they say of themselves to the DHCP server
 * (another version is the same make), or people who call them differently.
 */
export function contradict(a: Device, b: Device): boolean {
  const makes = [a, b].map((device) => clueOf(device, 'dhcp.vendor')?.replace(/[-\s:]*\d[\d.]*$/, '') ?? null);
  return differ(makes) || differ([a.labels.alias, b.labels.alias]) || differ([a.labels.owner, b.labels.owner]);
}

const differ = ([one = null, other = null]: readonly (string | null)[]): boolean => one !== null && other !== null && one !== other;
