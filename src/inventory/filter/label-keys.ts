import { DEVICE_TYPES, IMPORTANCES } from '../../core/index.ts';
import { isCarried } from '../people.ts';
import { oneOf, word, yesNo } from './values.ts';

/** Keys about what people say. */
export const LABEL_KEYS = {
  group: oneOf(({ labels }) => labels.groups),
  tag: oneOf(({ labels }) => labels.tags),
  owner: oneOf(({ labels: { owner } }) => (owner === null ? [] : [owner])),
  type: word(DEVICE_TYPES, (device, { typeOf }) => typeOf(device)),
  presence: word(['present', 'away', 'unknown'], ({ presence }) => presence),
  carried: yesNo((device, { typeOf }) => isCarried(device, typeOf)),
  importance: word(IMPORTANCES, ({ labels }) => labels.importance),
  probe: yesNo(({ labels }) => labels.probed),
};
