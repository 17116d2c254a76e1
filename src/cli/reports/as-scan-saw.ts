import type { ScanJson } from '../../contract/index.ts';
import {
  type AddressRange,
  coverageFromText,
  coversAddress,
  parseAddress,
  subtractRanges,
  type View,
  type ViewDevice,
} from '../../core/index.ts';

/**
 * The view of a scan's file as the scan was believed. A file cannot tell that the cable was out, that another network
 * answered, or that one of several runs failed; what was not believed then is unknown, and whoever was seen there is left out.
 */
export function asScanSaw(view: View, { outcome, cause, coverage: asked }: ScanJson): View {
  if (asked === null) return view;
  const { addresses: believed } = coverageFromText({ addresses: asked.addresses, ports: {}, depth: asked.depth, basis: asked.basis });
  const coverage = { ...view.coverage, addresses: both(view.coverage.addresses, believed) };
  if (outcome === 'complete') return { ...view, coverage };
  const places = [...view.entries.keys()].filter((place) =>
    view.entries[place]?.addresses.some((text) => {
      const address = parseAddress(text);
      return address !== undefined && coversAddress({ ...coverage, addresses: believed }, address);
    }),
  );
  return {
    ...view,
    coverage,
    partial: view.partial ?? cause?.text ?? `it ended ${outcome}`,
    entries: places.map((place) => view.entries[place] as View['entries'][number]),
    read: (entry): ViewDevice => view.read(places[entry] as number),
  };
}

/** What both have. */
const both = (a: readonly AddressRange[], b: readonly AddressRange[]): AddressRange[] => subtractRanges(a, subtractRanges(a, b));
