import type { Side, View } from '../core/index.ts';
import { baselineView, momentView, nowView } from './belief-view.ts';
import { scanView } from './scan-view.ts';
import type { Wired } from './wire.ts';

/** The network as one side of a comparison has it. */
export function viewOfSide(wired: Wired, side: Side): Promise<View> {
  if (side.kind === 'scan') return scanView(wired, side.id);
  if (side.kind === 'moment') return momentView(wired, side.target, side.at);
  return side.kind === 'now' ? nowView(wired, side.target) : baselineView(wired, side.target);
}
