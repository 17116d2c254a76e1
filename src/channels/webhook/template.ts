import { bad, good, type Message, type Result } from '../../core/index.ts';
import { isNumber, isVariable, VARIABLES, valueOf } from './variables.ts';

/** What a template makes, each with the way in which a text becomes part of it and nothing more. */
const ESCAPES = {
  'application/json': (text: string) => JSON.stringify(text).slice(1, -1),
  'application/x-www-form-urlencoded': encodeURIComponent,
  'text/plain': (text: string) => text,
} as const;
export type TemplateType = keyof typeof ESCAPES;
export const TEMPLATE_TYPES = Object.keys(ESCAPES) as readonly TemplateType[];

const VARIABLE = /\{\{[ ]{0,3}([a-z.]{1,40})[ ]{0,3}\}\}/g;
const MOST_VARIABLES = 100;
/** A letter that can stand nowhere in JSON but inside of quotes, not even after a backslash or within \u0000. */
const STAND_IN = 'vvRollcallvv';

/** Judges a template before it is ever used, so that no alert is lost in it later. */
export function checkTemplate(template: string, type: TemplateType): Result<string> {
  const names = [...template.matchAll(VARIABLE)].map(([, name = '']) => name);
  const unknown = names.find((name) => !isVariable(name));
  if (unknown !== undefined) return bad(`there is no variable "${unknown}"`, `write one of ${VARIABLES.join(', ')}`);
  if (names.length > MOST_VARIABLES) return bad(`it has ${names.length} variables`, `write at most ${MOST_VARIABLES}`);
  if (template.includes('{{{') || /\{\{|\}\}/.test(withoutVariables(template, type)))
    return bad('it has {{ or }} that is no variable', `write {{title}}, with one of ${VARIABLES.join(', ')}`);
  return type === 'application/json' ? checkJson(template) : good(template);
}

/** In JSON two closing braces are common; what opens is what must be a variable. */
const withoutVariables = (template: string, type: TemplateType): string => {
  const rest = template.replaceAll(VARIABLE, '');
  return type === 'application/json' ? rest.replaceAll('}}', '') : rest;
};

function checkJson(template: string): Result<string> {
  const filled = template.replaceAll(VARIABLE, (_, name: string) => (isNumber(name) ? '0' : STAND_IN));
  const keys: string[] = [];
  try {
    JSON.parse(filled, (key, value: unknown) => {
      keys.push(key);
      return value;
    });
  } catch {
    return bad('it makes no JSON', 'put texts in quotes, like { "text": "{{text}}" }; only counts and numbers may stand without');
  }
  return keys.some((key) => key.includes(STAND_IN))
    ? bad('a variable stands in the name of a member', 'let variables stand in values only')
    : good(template);
}

/** The template with what the message says, escaped for what it makes. What a variable brings is never read again. */
export const fillTemplate = (template: string, type: TemplateType, message: Message): string =>
  template.replaceAll(VARIABLE, (_, name: string) => ESCAPES[type](valueOf(name, message)));
