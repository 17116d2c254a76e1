import type { Route } from '@orpc/contract';
import * as z from 'zod';
import { operation } from './fault.ts';
import { scanResultJson } from './result.ts';
import { momentText } from './text.ts';

/** Largest report taken in, in bytes. */
export const LARGEST_REPORT = 256 * 1024 * 1024;

type Operation = Parameters<Extract<NonNullable<Route['spec']>, (current: never) => unknown>>[0];

/** JSON cannot carry a file. */
export function formOnly(told: Operation): Operation {
  const body = told.requestBody;
  if (!body || !('content' in body)) return told;
  const { 'application/json': _, ...content } = body.content;
  return { ...told, requestBody: { ...body, content } };
}

export const ingest = operation
  .meta({ scope: 'scan', audited: true })
  .route({
    method: 'POST',
    path: '/ingest',
    summary: "Take in another program's report",
    description: 'nmap XML, nmap normal text or arp-scan text, as multipart/form-data; which one it is, is detected.',
    tags: ['scans'],
    spec: formOnly,
  })
  .input(
    z.strictObject({
      file: z.file().max(LARGEST_REPORT).meta({ description: 'the report, at most 256 MB' }),
      name: z.string().min(1).max(255).optional().meta({ description: "what to call it; else the file's own name" }),
      covers: z
        .union([z.array(z.string().max(255)).max(256), z.string().max(255)])
        .default([])
        .meta({ description: 'targets the report covers, when it does not say so itself', examples: [['192.168.1.0/24']] }),
      at: momentText.optional().meta({ description: 'when it was taken, when it does not say so itself' }),
    }),
  )
  .output(scanResultJson);
