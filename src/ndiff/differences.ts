import type { Opcode } from './matcher.ts';
import type { NdiffHost, NdiffPort, NdiffScript } from './scan.ts';

/** A script on both sides; null: that side does not have it. Equal ones are listed, and counted, when verbose. */
export interface ScriptDiff {
  readonly a: NdiffScript | null;
  readonly b: NdiffScript | null;
}

export interface PortDiff {
  readonly a: NdiffPort;
  readonly b: NdiffPort;
  readonly scripts: readonly ScriptDiff[];
  readonly cost: number;
}

/** What Ndiff makes of two hosts with one identity. The empty host stands for one that is not there. */
export interface HostDiff {
  readonly a: NdiffHost;
  readonly b: NdiffHost;
  readonly verbose: boolean;
  readonly stateDiffers: boolean;
  /** The addresses or the names are not the same set. */
  readonly identityDiffers: boolean;
  readonly extraportsDiffer: boolean;
  /** Those that are shown, in order. */
  readonly ports: readonly PortDiff[];
  readonly os: readonly Opcode[];
  readonly scripts: readonly ScriptDiff[];
  /** 0: Ndiff takes them for equal. */
  readonly cost: number;
}
