import type { Attributes } from './element.ts';

/** A scan to be, in the terms of nmap's XML. Whatever may stand several times is a list; attributes may be missing or odd. */
export interface MadeScan {
  readonly header: Attributes;
  readonly preScripts: readonly Attributes[];
  readonly postScripts: readonly Attributes[];
  /** Hosts that only discovery has met. */
  readonly hints: readonly MadeHost[];
  readonly hosts: readonly MadeHost[];
  readonly finished: readonly Attributes[];
}

export interface MadeHost {
  readonly attributes: Attributes;
  readonly status: readonly Attributes[];
  readonly addresses: readonly Attributes[];
  readonly names: readonly Attributes[];
  readonly extraports: readonly Attributes[];
  readonly ports: readonly MadePort[];
  readonly os: readonly Attributes[];
  readonly scripts: readonly Attributes[];
}

export interface MadePort {
  readonly attributes: Attributes;
  readonly states: readonly Attributes[];
  readonly services: readonly Attributes[];
  readonly scripts: readonly Attributes[];
}

/** How common each oddity is in a made scan. */
export interface Temper {
  readonly hosts: number;
  /** Share of texts with an odd sign in them, 0 to 1. */
  readonly odd: number;
  /** Share of elements that miss an attribute or stand twice, 0 to 1. */
  readonly sloppy: number;
  /** Share of ports and hosts with scripts, 0 to 1. */
  readonly scripts: number;
  /** Whether some script says hundreds of lines. */
  readonly long: boolean;
}
