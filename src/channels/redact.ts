const STARS = '***';

/** Takes these secrets out of a text, in every form that a receiver may repeat them in. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets.flatMap(formsOf).filter(({ text }) => text !== '');
  const inOrder = [...new Map(forms.map((form) => [form.text, form])).values()].sort((a, b) => b.text.length - a.text.length);
  const patterns = inOrder.map(({ text, where, stars = STARS }) => ({
    text,
    stars,
    pattern: new RegExp(WHERE[where](escaped(text)), 'gmu'),
  }));
  // Most texts hold none: a pattern with bounds is slow to find that out.
  return (told) =>
    patterns.reduce((left, { text, pattern, stars }) => (left.includes(text) ? left.replace(pattern, () => stars) : left), told);
}

/** In the middle of anything; as a word of its own; where a value stands, like "x" or =x&. */
type Where = 'anywhere' | 'word' | 'value';

interface Form {
  readonly text: string;
  readonly where: Where;
  readonly stars?: string;
}

const BEFORE = '(?<=^|[^\\p{L}\\p{N}_]|%[0-9A-Fa-f]{2}|\\\\[nrt])';
const WHERE: Readonly<Record<Where, (text: string) => string>> = {
  anywhere: (text) => text,
  word: (text) => `${BEFORE}${text}(?![\\p{L}\\p{N}_])`,
  value: (text) => `(?<=["'/=]|^[\\w-]{1,60}: (?:[\\w-]{1,20} )?)${text}(?=["'/?&;,]|\\s|$)`,
};

const escaped = (text: string): string => RegExp.escape(text);

/** Words of our own sentences: whoever took one for a secret would else read stars in place of it. */
const OUR_WORDS: ReadonlySet<string> = new Set(
  (
    'address alert alerts answered apprise broker certificate channel check connection delivered device discord email event family gotify ' +
    'group home http https log mail matrix message mqtt name network none ntfy option password phone port post public pushover put receiver ' +
    'refused rollcall room secret server site slack status syslog teams telegram test text title token topic true url user webhook work'
  ).split(' '),
);

/** Shorter parts ("/hook") are no secret, and stars for them would make a text unreadable. */
const SECRET_PART = 8;
/** What may well be a word of a language, up to this length. */
const WORD = /^\p{L}{1,12}$/u;

/** Stars for a short or common text must not hit the middle of other words, nor those for a tiny one anything but a value. */
function whereOf(text: string): Where {
  if (text.length <= 2 || (text.length === 3 && WORD.test(text)) || OUR_WORDS.has(text.toLowerCase())) return 'value';
  return text.length < SECRET_PART || WORD.test(text) ? 'word' : 'anywhere';
}

/** Of several words ("Bearer ...", lines of a file) each, and of a URL what makes it secret, too: what comes after the host. */
function formsOf(secret: string): Form[] {
  const words = partsOfWords(secret);
  const urls = [secret, ...words].filter((text) => /^[a-z][a-z\d+.-]*:\/\//i.test(text) && URL.canParse(text));
  const plain = [secret, ...words].filter((text) => !isOfWeb(text));
  const parts = urls.flatMap((text) => partsOf(new URL(text)));
  return [...urls.filter(isOfWeb).flatMap((text) => wholeForms(new URL(text))), ...[...plain, ...parts].flatMap(written)];
}

/** Of other URLs the host, too, may be the secret, as in those of Apprise. */
const isOfWeb = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

/** "Scheme value" has one secret word, however short. */
function partsOfWords(secret: string): string[] {
  const words = secret.split(/\s+/);
  const [scheme = '', value = '', ...more] = words;
  if (more.length === 0 && value !== '' && /^[A-Za-z-]{3,15}$/.test(scheme)) return [value];
  return words.filter((word) => word.length >= SECRET_PART && word !== secret);
}

/** The whole URL, of which the host may be shown: by it people know what they read about. */
function wholeForms({ href, origin, pathname, search, username, password }: URL): Form[] {
  const after = `${pathname}${search}`;
  if (after.length <= 1 && username === '' && password === '') return [];
  const stars = `${origin}/${STARS}`;
  const texts = [href, href.replace(/\/$/, ''), encodeURIComponent(href)];
  return texts.map((text) => ({ text, stars, where: 'anywhere' }));
}

function partsOf({ protocol, hostname, pathname, search, username, password }: URL): string[] {
  const own = /^(?:https?|smtps?):$/.test(protocol) ? [] : [hostname];
  const pieces = [...own, ...pathname.split('/'), ...new URLSearchParams(search).values(), `${pathname}${search}`, username];
  return [password, decoded(password), ...pieces.filter((piece) => piece.length >= SECRET_PART)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function written(secret: string): Form[] {
  const where = whereOf(secret);
  const encoded = encodeURIComponent(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const ascii = [asciiOf(json), asciiOf(json).replaceAll(/\\u[\da-f]{4}/g, (code) => `\\u${code.slice(2).toUpperCase()}`)];
  const inPage = ['&#39;', '&#x27;', "'"].map((quote) => htmlOf(secret).replaceAll("'", quote));
  const plain = [secret, encoded, encoded.toLowerCase(), encoded.replaceAll('%20', '+'), json, ...ascii, ...inPage];
  const base64 = base64Forms(secret).map((text): Form => ({ text, where: 'anywhere' }));
  return [...plain.map((text) => ({ text, where })), ...base64];
}

/** As JSON of many programs has it. */
const asciiOf = (json: string): string =>
  json.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const htmlOf = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

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
