import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { createLimitedServer } from './server.ts';

test('S26: slow, endless and countless requests have a limit each', () => {
  const server = createLimitedServer(new Hono());
  const { headersTimeout, requestTimeout, keepAliveTimeout, maxHeadersCount, maxConnections } = server;
  assert.deepEqual(
    { headersTimeout, requestTimeout, keepAliveTimeout, maxHeadersCount, maxConnections },
    { headersTimeout: 10_000, requestTimeout: 120_000, keepAliveTimeout: 15_000, maxHeadersCount: 100, maxConnections: 1024 },
  );
});
