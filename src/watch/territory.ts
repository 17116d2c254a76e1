import {
  type AddressRange,
  type Device,
  Fault,
  type LastLook,
  mergeRanges,
  orFault,
  parseAddress,
  parseTarget,
  rangesHold,
  type Target,
  type TargetSpec,
} from '../core/index.ts';

/** What a view is of: everything, or what lies in some addresses. */
export interface Territory {
  /** The target's canonical text; the site's name for everything. */
  readonly text: string;
  /** null: everything. */
  readonly ranges: readonly AddressRange[] | null;
}

/** The target a person means by its id or text, or any other in canonical form; null for everything. Fault bad-input or not-found. */
export function targetMeant(reference: string | null, site: string, targets: readonly Target[]): TargetSpec | null {
  if (reference === null || reference === site) return null;
  const known = targets.find(({ id, spec }) => spec.text === reference.toLowerCase() || String(id) === reference);
  if (known) return known.spec;
  if (/^\d+$/.test(reference))
    throw new Fault('not-found', `finding target ${reference}: there is none by that number`, 'list them with "rollcall targets"');
  return orFault(parseTarget(reference));
}

/** Where a target lies; a host name where it was found last. Fault not-found when no scan ever found it. */
export function territoryOf(spec: TargetSpec | null, site: string, looks: readonly LastLook[]): Territory {
  if (spec === null) return { text: site, ranges: null };
  const ranges = spec.kind === 'ranges' ? spec.ranges : rangesFound(spec.hostname, looks);
  if (ranges.length === 0)
    throw new Fault(
      'not-found',
      `viewing ${spec.text}: no scan had found an address of it by then`,
      'name an address, or leave the target out to see everything',
    );
  return { text: spec.text, ranges: mergeRanges(ranges) };
}

/** A scan of one target has its text as subject; that of a report is the name of its file. */
function rangesFound(hostname: string, looks: readonly LastLook[]): readonly AddressRange[] {
  return looks
    .filter(({ plan, subject }) => plan !== 'ingest' && plan !== 'import' && subject === hostname)
    .flatMap(({ coverage }) => coverage.addresses);
}

/** A device belongs where one of its addresses lies. */
export function belongs({ ranges }: Territory, { addresses }: Device): boolean {
  return (
    ranges === null ||
    addresses.some(({ address }) => {
      const value = parseAddress(address);
      return value !== undefined && rangesHold(ranges, value);
    })
  );
}
