/** A moment on the clock at the wall. */
export interface CivilTime {
  /** 1 to 9999. */
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 for Sunday. */
  readonly weekday: number;
}

/** The time zone somebody lives in. */
export interface LocalTime {
  /** What the clock shows at this moment, in epoch seconds. */
  civil(epoch: number): CivilTime;
  /** The moment, in epoch seconds, at which the clock shows this; the first one when it does so twice. */
  epoch(civil: CivilTime): number;
}
