import type { Forecast, Millis, PlanName } from '../../core/index.ts';

/** What a plan will cost somewhere, and what it cost when it was carried out there last. */
export interface Cost {
  readonly plan: PlanName;
  readonly addresses: number;
  /** Devices present there now. */
  readonly present: number;
  readonly forecast: Forecast;
  /** null: not carried out yet. */
  readonly measured: { readonly took: Millis; readonly packets: number | null } | null;
}
