import type { TokenJson } from '../../contract/index.ts';
import { Fault, nearest, SCOPES, type Scope } from '../../core/index.ts';
import { type Call, EXIT } from '../command.ts';
import { printTokens } from '../printers/access-text.ts';
import { wrongWords } from '../sub-words.ts';
import { ensureToken } from '../token.ts';
import { untilOf } from '../who-and-when.ts';

interface Options {
  readonly scope?: readonly string[];
  readonly until?: string;
  readonly all?: boolean;
}

/** The one of this machine's owner, in the state folder. */
export async function printToken({ out, places }: Call): Promise<number> {
  const token = await ensureToken(places.token);
  if (out.options.json) out.json({ token, file: places.token });
  else out.line(token);
  return EXIT.fine;
}

export async function addToken({ out, world, options, withClient }: Call, words: readonly string[]): Promise<number> {
  const [name] = words;
  if (name === undefined || words.length > 1) throw wrongWords('token add', words, 'add NAME --scope read');
  const { scope, until } = options as Options;
  if (scope === undefined)
    throw new Fault('bad-input', 'adding a token: what it may is not said', `say it with --scope ${SCOPES.join('|')}`);
  const order = { name, scopes: scope.map(scopeOf), ...(until !== undefined && untilOf(until, world.now())) };
  const made = await withClient((client) => client.tokens.add(order));
  if (out.options.json) out.json(made);
  else out.line(made.secret);
  out.note(`token ${made.id} (${made.name}) may ${made.scopes.join(', ')}; it is shown only here`);
  return EXIT.fine;
}

export async function listTokens({ out, options, withClient }: Call, words: readonly string[]): Promise<number> {
  if (words.length > 0) throw wrongWords('token list', words, '"rollcall token list"');
  const over = (options as Options).all ? 'yes' : 'no';
  const tokens = await withClient((client) => client.tokens.list({ over }));
  if (out.options.json) out.json(tokens);
  else printTokens(out, tokens);
  return EXIT.fine;
}

export async function revokeTokens({ out, withClient }: Call, words: readonly string[]): Promise<number> {
  if (words.length === 0) throw wrongWords('token revoke', words, 'revoke ID|NAME...');
  const revoked = await withClient(async (client) => {
    const known = await client.tokens.list();
    const meant = words.map((word) => tokenCalled(word, known)); // all or none
    const over: TokenJson[] = [];
    for (const { id } of meant) over.push(await client.tokens.revoke({ id }));
    return over;
  });
  if (out.options.json) out.json(revoked);
  else for (const { id, name } of revoked) out.line(`token ${id} (${name}) is revoked`);
  return EXIT.fine;
}

/** By number, or by a name that only one has: two users may have called theirs the same. */
function tokenCalled(word: string, tokens: readonly TokenJson[]): TokenJson {
  const byId = tokens.find(({ id }) => String(id) === word.replace(/^#/, ''));
  const named = tokens.filter(({ name, user }) => name === word || `${user ?? 'owner'}/${name}` === word);
  const [found] = byId ? [byId] : named;
  const shown = JSON.stringify(word.slice(0, 80));
  if (!byId && named.length > 1)
    throw new Fault(
      'bad-input',
      `revoking token ${shown}: ${named.length} are called so`,
      `name one by its number: ${named.map(({ id }) => id).join(', ')}`,
    );
  if (found) return found;
  throw new Fault('not-found', `revoking token ${shown}: there is none that is not over`, 'list them with "rollcall token list"');
}

function scopeOf(text: string): Scope {
  const scope = SCOPES.find((one) => one === text);
  if (scope) return scope;
  const guess = nearest(text, SCOPES);
  const shown = JSON.stringify(text.slice(0, 40));
  throw new Fault(
    'bad-input',
    `reading --scope ${shown}: there is none by that name`,
    guess ? `did you mean ${guess}?` : `write ${SCOPES.join(', ')}`,
  );
}
