import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type AnyContractProcedure, isContractProcedure } from '@orpc/contract';
import { traverseContractProcedures } from '@orpc/server';
import { contract, permissionOf } from '../../src/contract/index.ts';
import { type Caller, ROLES, SCOPES, SCOPES_OF } from '../../src/core/index.ts';
import type { Keeper } from '../../src/watch/index.ts';
import { callerWith, type FakeAccess, fakeAccess } from './fake-access.ts';
import { fakeKeeper } from './fake-keeper.ts';
import { type Ask, type OpenDoor, openDoor, type Reply } from './open-door.ts';

interface Operation {
  readonly name: string;
  readonly procedure: AnyContractProcedure;
  readonly scope: string;
  readonly audited: boolean;
  readonly method: string;
  readonly path: string;
}

const OPERATIONS: Operation[] = [];
traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure, path }) => {
  assert.ok(isContractProcedure(procedure));
  const { method = 'POST', path: route = '' } = procedure['~orpc'].route;
  const permission = permissionOf(procedure);
  OPERATIONS.push({ name: path.join('.'), procedure, ...permission, method, path: route.replace(/\{\+?\w+\}/g, '7') });
});

/** Change nothing, though they are asked by POST: what they take is too much for an address, or what they answer is no page to keep. */
const ASKING_BY_POST = new Set(['targets.forecast', 'rules.test', 'access.link']);
/** Changes nothing, and all that is known leaves the house with it: that is kept. */
const LEAVING = 'backups.download';
/** Kept in the audit by whoever judges them, with the name of whom they let in. */
const KEPT_BY_ITSELF = new Set(['access.setup', 'access.signIn', 'access.signOut', 'access.password']);

suite('G9: what every operation says of itself', () => {
  test('who may ask for it, and whether it is kept who did', () => {
    assert.ok(OPERATIONS.length > 70, `only ${OPERATIONS.length}`);
    for (const { name, scope, audited } of OPERATIONS) {
      assert.ok(['nobody', ...SCOPES].includes(scope), `${name}: ${scope}`);
      assert.equal(typeof audited, 'boolean', name);
    }
  });

  test('S11: a GET changes nothing; whatever does is kept in the audit', () => {
    for (const { name, scope, audited, method } of OPERATIONS) {
      if (method === 'GET')
        assert.deepEqual([audited && name !== LEAVING, ['read', 'nobody', 'admin'].includes(scope)], [false, true], name);
      else if (!ASKING_BY_POST.has(name) && !KEPT_BY_ITSELF.has(name)) assert.ok(audited, `${name} changes something and is not audited`);
    }
  });

  test('reading needs read; networks are for operators, the house itself for admins', () => {
    const scopeOf = new Map(OPERATIONS.map(({ name, scope }) => [name, scope]));
    const changing = OPERATIONS.filter(({ audited }) => audited).map(({ name }) => name);
    const expected: Record<string, RegExp> = {
      scan: /^(?:scans|followup|ingest)\b/,
      ack: /^(?:incidents|mutes|notifications)\./,
      edit: /^(?:people|groups|merges|approvals|baselines)\.|^devices\.edit/,
      admin: /^(?:rules|channels|targets|users|audit)\.|^(?:importHistory|backup|devices\.forget)$/,
    };
    for (const [scope, names] of Object.entries(expected))
      for (const name of changing.filter((one) => names.test(one))) assert.equal(scopeOf.get(name), scope, name);
  });
});

const ME: readonly string[] = ['sec-fetch-site', 'same-origin'];

/** Callers by the name of the secret they show. */
const CALLERS: Record<string, Caller> = {
  ...Object.fromEntries(
    ROLES.map((role, i) => [role, callerWith({ name: role, user: i + 1, scopes: SCOPES_OF[role], proof: 'sign-in', signIn: i + 1 })]),
  ),
  ...Object.fromEntries(SCOPES.map((scope) => [`token-${scope}`, callerWith({ name: scope, scopes: [scope] })])),
  'token-of-nothing': callerWith({ name: 'nothing', scopes: [] }),
};

const proofOf = (secret: string): Record<string, string> =>
  CALLERS[secret]?.proof === 'sign-in' ? { cookie: `rollcall=${secret}`, [ME[0]!]: ME[1]! } : { authorization: `Bearer ${secret}` };

const BODY = { 'content-type': 'application/json' };

/** Both ways to ask for an operation, with nothing in it. */
const waysTo = ({ name, method, path }: Operation): [path: string, ask: Ask][] => [
  // Node sends no length with DELETE, so what follows would be taken for the next request.
  [path, method === 'GET' || method === 'DELETE' ? { method } : { method, headers: BODY, body: '{}' }],
  [`/rpc/${name.replaceAll('.', '/')}`, { method: 'POST', headers: BODY, body: '{"json":{}}' }],
];

interface House extends AsyncDisposable {
  readonly open: OpenDoor;
  readonly access: FakeAccess;
  /** Questions the keeper was asked. */
  readonly questions: string[];
}

/** A house that fails whatever it is asked, and says what that was. */
async function house(): Promise<House> {
  const questions: string[] = [];
  const inside = fakeKeeper();
  const keeper = new Proxy(inside, {
    get(target, key) {
      if (key === 'status') return target.status.bind(target);
      return () => {
        questions.push(String(key));
        throw new Error('asked');
      };
    },
  }) as Keeper;
  const access = fakeAccess(CALLERS);
  const open = await openDoor({ keeper, access });
  return { open, access, questions, [Symbol.asyncDispose]: () => open[Symbol.asyncDispose]() };
}

const judged = ({ status, json }: Reply): 'let in' | number =>
  status === 404 ||
  status === 405 ||
  status === 401 ||
  (status === 403 && String(json.message ?? json.json.message).startsWith('judging the caller'))
    ? status
    : 'let in';

suite('S14, S15: every operation, whoever asks, either way', () => {
  for (const secret of [...Object.keys(CALLERS), null]) {
    test(`${secret ?? 'nobody'} is let in where the operation says so, and nowhere else`, async () => {
      await using at = await house();
      const scopes: readonly string[] = secret === null ? [] : (CALLERS[secret]?.scopes ?? []);
      for (const operation of OPERATIONS.filter(({ name }) => name !== 'backup')) {
        const may = operation.scope === 'nobody' || scopes.includes(operation.scope);
        for (const [path, ask] of waysTo(operation)) {
          at.questions.length = 0;
          const headers = { ...ask.headers, ...(secret === null ? {} : proofOf(secret)) };
          const verdict = judged(await at.open.ask(path, { ...ask, bare: true, headers }));
          assert.equal(verdict, may ? 'let in' : secret === null ? 401 : 403, `${operation.name} by ${path}`);
          if (!may) assert.deepEqual(at.questions, [], `${operation.name} by ${path} asked the keeper`);
        }
      }
    });
  }

  test('whoever is refused what changes something is kept in the audit, by name; strangers are not', async () => {
    await using at = await house();
    const changing = OPERATIONS.filter(({ audited, name, scope }) => audited && scope !== 'nobody' && name !== 'backup');
    for (const operation of changing)
      for (const [path, ask] of waysTo(operation)) {
        await at.open.ask(path, { ...ask, bare: true });
        await at.open.ask(path, { ...ask, bare: true, headers: { ...ask.headers, ...proofOf('token-of-nothing') } });
      }
    assert.deepEqual(
      at.access.recorded.map(({ caller, operation, outcome }) => [caller.name, operation, outcome]),
      changing.flatMap(({ name }) => [1, 2].map(() => ['nothing', name, 'refused'])),
    );
    assert.equal(at.access.recorded.find(({ operation }) => operation === 'scans.cancel')?.named, 'id=7');
  });

  test('what writes to this machine does not even exist for callers from elsewhere', async () => {
    await using at = await house();
    const [backup] = OPERATIONS.filter(({ name }) => name === 'backup');
    for (const [path, ask] of waysTo(backup!)) {
      const headers = { ...ask.headers, ...proofOf('admin') };
      assert.equal((await at.open.ask(path, { ...ask, bare: true, headers })).status, 404, path);
      assert.equal((await at.open.ask(path, { ...ask, bare: true })).status, 401, path);
    }
  });

  test('whoever may open the socket may do all, without any proof', async () => {
    await using at = await house();
    for (const operation of OPERATIONS)
      for (const [path, ask] of waysTo(operation))
        assert.equal(judged(await at.open.askSocket(path, { ...ask, bare: true })), 'let in', `${operation.name} by ${path}`);
  });

  test('numbers for Prometheus and the list of operations are for readers; whether we are alive is for all', async () => {
    await using at = await house();
    for (const [path, scope] of [
      ['/api/v1/openapi.json', 'read'],
      ['/', 'read'],
      ['/healthz', 'nobody'],
    ] as const) {
      const status = async (headers: Record<string, string>): Promise<number> => (await at.open.ask(path, { bare: true, headers })).status;
      assert.equal(await status({}), scope === 'nobody' ? 200 : 401, path);
      assert.equal(await status(proofOf('token-scan')), scope === 'nobody' ? 200 : 403, path);
      assert.ok([200, 500].includes(await status(proofOf('token-read'))), path);
    }
  });
});
