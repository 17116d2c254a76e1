/** What a value must at least be before anybody reads it as what it was written as. */
export type Shape = (value: unknown) => boolean;

export const isText: Shape = (value) => typeof value === 'string';
export const isNumber: Shape = (value) => Number.isFinite(value);
export const isFlag: Shape = (value) => typeof value === 'boolean';

export const isListOf =
  (item: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(item);

export const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value);

/** Has these fields; what else it has does not matter. */
export const isOf =
  (fields: Readonly<Record<string, Shape>>): Shape =>
  (value) =>
    typeof value === 'object' && value !== null && Object.entries(fields).every(([name, shape]) => shape(Reflect.get(value, name)));

/** The shape that is meant by its kind. */
export const isOneOf =
  (kinds: Readonly<Record<string, Shape>>): Shape =>
  (value) =>
    isOf({ kind: isText })(value) && (kinds[String(Reflect.get(value as object, 'kind'))]?.(value) ?? false);
