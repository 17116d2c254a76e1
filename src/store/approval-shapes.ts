import type { Permit, Subject } from '../core/index.ts';
import { isListOf, isNumber, isOf, isOneOf, isText, orNull, type Shape } from './shapes.ts';

const isAnything: Shape = isOf({});
const isRange = isListOf(isOf({ is: isText, version: isText }));

const SUBJECTS = {
  device: isOf({ device: isNumber }),
  host: isOf({ reference: isText }),
  group: isOf({ name: isText }),
  everywhere: isAnything,
} as const satisfies Record<Subject['kind'], Shape>;

const isServing = isOneOf({
  anything: isAnything,
  exact: isOf({ text: isText }),
  product: isOf({ product: isText, range: orNull(isRange) }),
});

const isPortSet = isListOf(isListOf(isNumber));
const isPortLists: Shape = (value) => isAnything(value) && Object.values(value as object).every(isPortSet);
const isPolicy = isOf({ ports: isPortLists });

const PERMITS = {
  presence: isAnything,
  service: isOf({ protocol: isText, port: isNumber, called: orNull(isText), serving: isServing }),
  only: isPolicy,
  nowhere: isPolicy,
  allowed: isPolicy,
} as const satisfies Record<Permit['kind'], Shape>;

export const isSubject = (value: unknown): value is Subject => isOneOf(SUBJECTS)(value);
export const isPermit = (value: unknown): value is Permit => isOneOf(PERMITS)(value);
