import { type Access, type ApiContext, namedIn } from '../api/index.ts';
import { permissionOf } from '../contract/index.ts';
import type { Standing } from './callers/caller.ts';
import { cookieWriter } from './callers/cookie.ts';
import type { Way } from './callers/way.ts';
import { type Dialect, Exchange } from './exchange.ts';
import { judgeBody } from './guards/body.ts';
import { judgeScope } from './guards/scope.ts';
import { refuse } from './refusal.ts';
import { UploadGate } from './upload-gate.ts';

export interface AskingParts {
  readonly keeper: ApiContext['keeper'];
  readonly access: Access;
  /** The caller owns the machine. */
  readonly local: boolean;
  readonly onFailure: (failure: unknown) => void;
  /** Milliseconds between comments in event streams. */
  readonly keepAlive: number;
}

/** A request, and what is known of whoever sends it. */
export interface Question {
  readonly request: Request;
  /** May differ from the one asked for. */
  readonly path: string;
  readonly way: Way;
  readonly standing: Standing;
}

export interface Asking {
  /** What an operation answers once its caller was found to be allowed to ask; undefined: there is no such operation. */
  ask(question: Question, dialect: Dialect): Promise<Response | undefined>;
  /** Ends every stream and request under way. */
  endAll(): void;
}

type Match = NonNullable<Awaited<ReturnType<Dialect['matcher']['match']>>>;

/** Brings questions to the operations of the contract: which one is meant, who may ask it, what it may bring, and only then it. */
export function createAsking({ keeper, access, local, onFailure, keepAlive }: AskingParts): Asking {
  const exchange = new Exchange({ access, onFailure, keepAlive });
  const uploads = new UploadGate();

  /** Nobody is written down who is not known: strangers could fill the disk. */
  const judge = async ({ request, path, standing }: Question, { procedure, path: name, params }: Match): Promise<Response | undefined> => {
    const permission = permissionOf(procedure);
    const refusal = judgeScope(standing, permission);
    if (!refusal) return refuseAny(judgeBody(path, request.headers));
    if (permission.audited && standing.caller.proof !== 'nothing')
      await access.record({ caller: standing.caller, operation: name.join('.'), named: namedIn(params), outcome: 'refused' });
    return refuse(refusal);
  };

  const answer = async ({ request, path, way, standing: { caller } }: Question, dialect: Dialect): Promise<Response | undefined> => {
    const cookies = cookieWriter(way.secure, Date.now);
    const agent = request.headers.get('user-agent') ?? '';
    const context = { keeper, access, caller, local, agent, ...(local ? {} : { cookies }) };
    const response = await uploads.pass(request, () => exchange.answer({ request, path, context }, dialect));
    const header = cookies.header();
    if (header !== null) response?.headers.append('set-cookie', header);
    return response;
  };

  return {
    async ask(question, dialect) {
      const match = await matched(question, dialect);
      return match && ((await judge(question, match)) ?? answer(question, dialect));
    },
    endAll: () => exchange.endAll(),
  };
}

const refuseAny = (refusal: ReturnType<typeof judgeBody>): Response | undefined => (refusal ? refuse(refusal) : undefined);

/** As oRPC itself looks it up. */
async function matched({ request, path }: Question, { matcher, prefix }: Dialect): Promise<Match | undefined> {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const name = path.slice(prefix.length).replace(/^\/|\/$/g, '');
  return (await matcher.match(method, `/${name}`)) ?? undefined;
}
