type Attributes = Readonly<Record<string, string | number | bigint | null>>;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const SPECIAL = /[&<>"]/;
const EACH_SPECIAL = /[&<>"]/g;

/** An element with what is in it, which is XML already. Attributes that are null are left out. */
export function element(name: string, attributes: Attributes, content = ''): string {
  let open = `<${name}`;
  for (const key in attributes) {
    const value = attributes[key] ?? null;
    if (value !== null) open += ` ${key}="${escaped(value)}"`;
  }
  return content === '' ? `${open}/>\n` : `${open}>\n${content}</${name}>\n`;
}

/** Line ends and tabs stay as they are, although no reader will ever see them again. */
function escaped(value: string | number | bigint): string {
  const text = `${value}`;
  return SPECIAL.test(text) ? text.replace(EACH_SPECIAL, (sign) => ESCAPES[sign] ?? sign) : text;
}

/** What only side a has, or has in its own way. */
export const onlyA = (content: string): string => element('a', {}, content);
export const onlyB = (content: string): string => element('b', {}, content);
/** An element without attributes, unless nothing is in it. */
export const unlessEmpty = (name: string, content: string): string => (content === '' ? '' : element(name, {}, content));
