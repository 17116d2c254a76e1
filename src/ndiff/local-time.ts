/** A moment on the clock at the wall. */
export interface CivilTime {
  /** 1 to 9999 in times that Ndiff takes. */
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
  /** A moment, in epoch seconds, at which the clock shows this. When it does so twice, the answer depends on the question before. */
  epoch(civil: CivilTime): number;
}

/** Seconds to add to UTC at a moment in epoch seconds. */
export type OffsetAt = (epoch: number) => number;

const MOST_PROBES = 6;

/** A zone by its offsets. Each remembers the last answer of `epoch`, as a process of its own does: make one for each comparison. */
export function localTime(offsetAt: OffsetAt): LocalTime {
  let lastOffset = 0;
  return {
    civil: (epoch) => civilOf(epoch + offsetAt(epoch)),
    // As mktime() of glibc: begin with the offset found last, mend the guess until it fits. That decides which of two moments is found.
    epoch: (civil) => {
      const shown = secondsOf(civil);
      let guess = shown - lastOffset;
      for (let probes = 1; probes < MOST_PROBES && guess + offsetAt(guess) !== shown; probes++) guess = shown - offsetAt(guess);
      lastOffset = shown - guess;
      return guess;
    },
  };
}

function civilOf(seconds: number): CivilTime {
  const date = new Date(seconds * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    weekday: date.getUTCDay(),
  };
}

function secondsOf({ year, month, day, hour, minute, second }: CivilTime): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 1000 + hour * 3600 + minute * 60 + second;
}
