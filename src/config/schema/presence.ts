import { z } from 'zod';
import * as field from '../fields.ts';
import { complainTo, key } from './key.ts';

/** A window says "fixed" by itself; what means nothing beside it is refused. */
export const presence = z
  .strictObject({
    tolerance: key(field.toleranceName).optional(),
    window: key(field.windowLength).optional(),
    floor: key(field.windowLength).optional(),
    ceiling: key(field.windowLength).optional(),
  })
  .transform((said, context) => {
    const { window, floor, ceiling } = said;
    const tolerance = said.tolerance ?? (window === undefined ? 'learned' : 'fixed');
    const complain = complainTo(context);
    if (tolerance === 'learned' && window !== undefined)
      complain({
        key: 'window',
        message: 'it stands beside tolerance = "learned"',
        remedy: 'keep one of the two, or bound it with floor and ceiling',
      });
    for (const [name, length] of Object.entries({ floor, ceiling }))
      if (tolerance === 'fixed' && length !== undefined)
        complain({ key: name, message: 'it bounds what is learned, and the tolerance is fixed', remedy: 'drop it, or the window' });
    if (floor !== undefined && ceiling !== undefined && floor > ceiling)
      complain({ key: 'floor', message: 'it is longer than the ceiling', remedy: 'write a shorter one, like "3m"' });
    return { tolerance, window, floor, ceiling };
  });
