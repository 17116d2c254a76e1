import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { traverseContractProcedures } from '@orpc/server';
import { contract, permissionOf } from '../../src/contract/index.ts';
import { fakeKeeper } from './fake-keeper.ts';
import { openDoor } from './open-door.ts';

async function document(): Promise<any> {
  await using open = await openDoor({ keeper: fakeKeeper() });
  return (await open.ask('/api/v1/openapi.json')).json;
}

/** Every value anywhere in a JSON document, with the key it stands under. */
function* everything(value: unknown, key = ''): Generator<readonly [key: string, value: unknown], void, void> {
  yield [key, value];
  if (typeof value === 'object' && value !== null) for (const [name, part] of Object.entries(value)) yield* everything(part, name);
}

const resolve = (root: unknown, reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce((part: any, key) => part?.[key], root);

const operationsOf = (root: any): [path: string, method: string, operation: any][] =>
  Object.entries<object>(root.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, any] => [path, method, operation]),
  );

suite('the OpenAPI document', () => {
  test('names every operation of the contract at its exact path, except those for the owner of the socket', async () => {
    const root = await document();
    assert.equal(root.openapi, '3.1.1');
    const told = new Set(operationsOf(root).map(([path, method, { operationId }]) => `${operationId} ${method} ${path}`));
    traverseContractProcedures({ router: contract, path: [] }, ({ contract: { '~orpc': definition }, path }) => {
      const { method = '', path: route = '' } = definition.route;
      const line = `${path.join('.')} ${method.toLowerCase()} ${route.replace('{+', '{')}`;
      assert.equal(told.has(line), path.join('.') !== 'backup', line);
    });
    for (const path of ['/', '/healthz', '/api/v1/openapi.json']) assert.ok(root.paths[path]?.get, path);
  });

  test('G9: says of every operation who may ask for it', async () => {
    const root = await document();
    const { bearer, cookie } = root.components.securitySchemes;
    assert.deepEqual([bearer.type, bearer.scheme, cookie.type, cookie.in], ['http', 'bearer', 'apiKey', 'cookie']);
    const told = new Map(operationsOf(root).map(([, , { operationId, security }]) => [operationId, security]));
    const asked = (scope: string): object[] => (scope === 'nobody' ? [] : [{ bearer: [scope] }, { cookie: [scope] }]);
    traverseContractProcedures({ router: contract, path: [] }, ({ contract: operation, path }) => {
      if (path[0] !== 'backup') assert.deepEqual(told.get(path.join('.')), asked(permissionOf(operation).scope), path.join('.'));
    });
    assert.deepEqual(
      ['health', 'root', 'metrics', 'openapi'].map((id) => told.get(id)),
      ['nobody', 'read', 'read', 'read'].map(asked),
    );
    for (const [path, method, { security, responses }] of operationsOf(root))
      assert.equal('401' in responses, security.length > 0, `${method} ${path}`);
  });

  test('is whole: operations named once, parameters declared, references resolved, every operation explained', async () => {
    const root = await document();
    const operations = operationsOf(root);
    assert.equal(new Set(operations.map(([, , { operationId }]) => operationId)).size, operations.length);
    for (const [path, method, { parameters = [], summary, responses }] of operations) {
      const declared = parameters
        .filter((parameter: any) => parameter.in === 'path' && parameter.required)
        .map((parameter: any) => parameter.name);
      assert.deepEqual(
        declared,
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
        `${method} ${path}`,
      );
      assert.ok(summary && responses['200']?.description, `${method} ${path}`);
    }
    const references = [...everything(root)].filter(([key]) => key === '$ref').map(([, value]) => String(value));
    assert.ok(references.length > 20);
    for (const reference of references) assert.ok(resolve(root, reference), reference);
  });

  test('reports are uploaded as forms, events come as event streams, refusals have one shape', async () => {
    const { paths, components } = await document();
    assert.deepEqual(Object.keys(paths['/api/v1/ingest'].post.requestBody.content), ['multipart/form-data']);
    assert.deepEqual(Object.keys(paths['/api/v1/live'].get.responses['200'].content), ['text/event-stream']);
    assert.deepEqual(Object.keys(components.schemas.Fault.properties), ['code', 'message', 'remedy']);
    assert.deepEqual(paths['/api/v1/devices/{reference}'].get.responses['404'].content['application/json'].schema, {
      $ref: '#/components/schemas/Fault',
    });
  });
});
