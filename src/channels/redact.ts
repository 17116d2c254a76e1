const STARS = '***';

/** Takes these secrets out of a text, in every form that a receiver may repeat them in. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = [...new Set(secrets.flatMap(formsOf))].filter((form) => form !== '').sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((left, form) => left.replaceAll(form, STARS), text);
}

/** Of several words ("Bearer ...", lines of a file) each, and of a URL what makes it secret, too: what comes after the host. */
function formsOf(secret: string): string[] {
  const words = secret.split(/\s+/).filter((word) => word.length >= SECRET_PART);
  const parts = [secret, ...words].flatMap((text) => (URL.canParse(text) ? partsOf(new URL(text)) : []));
  return [secret, ...words, ...parts].flatMap(written);
}

/** Shorter parts ("/hook") are no secret, and stars for them would make a text unreadable. */
const SECRET_PART = 8;

function partsOf({ href, pathname, search, username, password }: URL): string[] {
  const pieces = [...pathname.split('/'), ...new URLSearchParams(search).values(), `${pathname}${search}`, username];
  return [href, password, decoded(password), ...pieces.filter((piece) => piece.length >= SECRET_PART)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function written(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  const plain = [secret, encoded, encoded.toLowerCase(), encoded.replaceAll('%20', '+'), JSON.stringify(secret).slice(1, -1)];
  return [...plain, ...base64Forms(secret)];
}

/** As it stands inside longer base64, too ("user:password"): three ways, by what comes before it. */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const inside = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const spoiled = (bytes.length + before) % 3 === 0 ? 0 : 1;
    return text.slice(before === 0 ? 0 : before + 1, text.length - spoiled);
  });
  const whole = bytes.toString('base64');
  const long = [whole, whole.replace(/=+$/, ''), ...inside].filter((text) => text.length >= 6);
  return long.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(text)]);
}
