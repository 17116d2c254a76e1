import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import {
  API_PATH,
  baselineJson,
  changeJson,
  channelJson,
  contract,
  deviceJson,
  faultJson,
  hostJson,
  incidentJson,
  muteJson,
  notificationJson,
  type Permission,
  permissionOf,
  portJson,
  rollJson,
  ruleJson,
  scanJson,
  scanResultJson,
  spanJson,
  targetJson,
} from '../contract/index.ts';
import { METRICS_PATH } from './metrics/index.ts';

export const OPENAPI_PATH = `${API_PATH}/openapi.json`;

const SHAPES = {
  Device: deviceJson,
  Port: portJson,
  Span: spanJson,
  Change: changeJson,
  Scan: scanJson,
  Host: hostJson,
  ScanResult: scanResultJson,
  Roll: rollJson,
  Target: targetJson,
  Baseline: baselineJson,
  Rule: ruleJson,
  Channel: channelJson,
  Mute: muteJson,
  Incident: incidentJson,
  Notification: notificationJson,
  Fault: faultJson,
};

const FAULT = { $ref: '#/components/schemas/Fault' };
const faultAnswer = (description: string): OpenAPI.ResponseObject => ({ description, content: { 'application/json': { schema: FAULT } } });
const UNAUTHORIZED = faultAnswer('nobody who is known');
/** Every path that asks for a scope can be asked without it; what an operation itself refuses has the same shape. */
const FORBIDDEN = faultAnswer('understood, but not allowed');

/** Who may ask, as OpenAPI says it. */
const securityFor = (scope: Permission['scope']): OpenAPI.SecurityRequirementObject[] =>
  scope === 'nobody' ? [] : Object.keys(SCHEMES).map((scheme) => ({ [scheme]: [scope] }));

const SCHEMES: Record<string, OpenAPI.SecuritySchemeObject> = {
  bearer: { type: 'http', scheme: 'bearer', description: 'a token; rollcall token prints one that may do all' },
  cookie: { type: 'apiKey', in: 'cookie', name: '__Host-rollcall', description: 'a browser that is signed in; "rollcall" over plain HTTP' },
};

/** The whole REST interface as an OpenAPI 3.1.1 document, made from the contract. `local` adds what only the socket offers. */
export async function openApiDocument(version: string, local: boolean): Promise<OpenAPI.Document> {
  const scopes = new Map<string, Permission['scope']>();
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(contract, {
    info: {
      title: 'Rollcall',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: 'Which devices are here, what each serves, what changed. Times are ISO 8601 UTC; lists are always arrays.',
    },
    servers: [{ url: '/' }],
    components: { securitySchemes: SCHEMES },
    security: securityFor('read'),
    commonSchemas: Object.fromEntries(Object.entries(SHAPES).map(([name, schema]) => [name, { schema, strategy: 'output' as const }])),
    customErrorResponseBodySchema: () => FAULT,
    filter: ({ contract: operation, path }) => {
      scopes.set(path.join('.'), permissionOf(operation).scope);
      return local || path[0] !== 'backup';
    },
  });
  return withOwnPaths(document, scopes);
}

/** Adds the paths outside the contract, and who may ask for each. */
function withOwnPaths(document: OpenAPI.Document, scopes: ReadonlyMap<string, Permission['scope']>): OpenAPI.Document {
  const paths: OpenAPI.PathsObject = { ...OWN_PATHS, ...document.paths };
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path ?? {}) as OpenAPI.OperationObject[])) {
    operation.security ??= securityFor(scopes.get(operation.operationId ?? '') ?? 'read');
    if (operation.security.length > 0) operation.responses = { 403: FORBIDDEN, ...operation.responses, 401: UNAUTHORIZED };
  }
  return { ...document, paths };
}

const jsonAnswer = (description: string, schema: object): OpenAPI.ResponseObject => ({
  description,
  content: { 'application/json': { schema } },
});

const reading = (operation: OpenAPI.OperationObject): OpenAPI.PathItemObject => ({ get: operation }) as OpenAPI.PathItemObject;

const OWN_PATHS: OpenAPI.PathsObject = {
  '/': reading({
    operationId: 'root',
    summary: 'The latest roll',
    tags: ['roll'],
    responses: { 200: jsonAnswer('OK', { $ref: '#/components/schemas/Roll' }) },
  }),
  '/healthz': reading({
    operationId: 'health',
    summary: 'Whether the daemon is alive',
    tags: ['daemon'],
    security: [],
    responses: { 200: jsonAnswer('alive', { type: 'object', properties: { status: { enum: ['ok', 'troubled'] } }, required: ['status'] }) },
  }),
  [METRICS_PATH]: reading({
    operationId: 'metrics',
    summary: 'Numbers for Prometheus',
    tags: ['daemon'],
    responses: { 200: { description: 'OK', content: { 'text/plain': { schema: { type: 'string' } } } } },
  }),
  [OPENAPI_PATH]: reading({
    operationId: 'openapi',
    summary: 'This document',
    tags: ['daemon'],
    responses: { 200: jsonAnswer('OK', { type: 'object' }) },
  }),
};
