import * as z from 'zod';

/** A moment in answers. */
export const instantText = z.iso.datetime().meta({ description: 'ISO 8601, always UTC', examples: ['2026-11-21T03:00:00.000Z'] });

/** A length of time, in questions and answers. */
export const durationText = z
  .string()
  .max(64)
  .meta({ description: 'length of time: w, d, h, m, s, ms', examples: ['45m', '1h30m'] });

/** A moment in questions: ISO 8601, or so long ago. */
export const momentText = z
  .string()
  .max(64)
  .meta({
    description: 'moment (ISO 8601, UTC unless it names an offset), or a length of time counted back from now',
    examples: ['2026-11-21T03:00:00Z', '1d'],
  });

/** What the user calls a device or target by; "#20", as it is printed, is 20. */
export const referenceText = z
  .string()
  .min(1, 'it is empty')
  .max(255)
  .overwrite((text) => text.replace(/^#(?=\d{1,15}$)/, ''));

/** A number the server gave; query strings and paths carry it as text. */
export const numberText = z.coerce.number<number>().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** At most so many rows in one answer. */
export const limitText = (usual: number, most = 10_000): z.ZodDefault<z.ZodCoercedNumber<number>> =>
  z.coerce.number<number>().int().min(1).max(most).default(usual);

/** Which devices are meant, in words. */
export const filterText = z
  .string()
  .min(1)
  .max(1000)
  .meta({ description: 'words that all must fit; docs/api.md lists the keys', examples: ['group:iot -tag:ok'] });
