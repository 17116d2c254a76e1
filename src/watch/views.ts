import type { Side, View } from '../core/index.ts';
import { baselineView, momentView, nowView } from './belief-view.ts';
import { scanView } from './scan-view.ts';
import type { Wired } from './wire.ts';

/** The network as one side of a comparison has it. */
export function viewOfSide(wired: Wired, side: Side): Promise<View> {
  switch (side.kind) {
    case 'scan':
      return scanView(wired, side.id);
    case 'now':
      return nowView(wired, side.target);
    case 'moment':
      return momentView(wired, side.target, side.at);
    case 'baseline':
      return baselineView(wired, side.target);
  }
}
