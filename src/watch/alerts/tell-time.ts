import type { Instant } from '../../core/index.ts';

/** Writes moments as the clock on the wall of a zone shows them, and how far that is from UTC: "2026-11-27 19:00 +01:00". */
export const timeIn =
  (zone: string) =>
  (at: Instant): string => {
    const wall = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone);
    const clock = wall.toPlainTime().toString({ smallestUnit: 'minute' });
    return `${wall.toPlainDate().toString()} ${clock}${wall.offsetNanoseconds === 0 ? ' UTC' : ` ${wall.offset}`}`;
  };
