import * as z from 'zod';
import { PLAN_NAMES } from '../core/index.ts';
import { protocolText } from './port.ts';
import { instantText } from './text.ts';

export const coverageJson = z
  .object({
    addresses: z.array(z.string()).meta({ description: 'blocks or ranges whose silence means something' }),
    ports: z
      .partialRecord(protocolText, z.string())
      .meta({ description: 'ports asked of every host there', examples: [{ tcp: '1-1000' }] }),
    apart: z
      .array(z.object({ addresses: z.array(z.string()), ports: z.partialRecord(protocolText, z.string()) }))
      .optional()
      .meta({ description: 'where hosts were asked different ports: what each lot was asked' }),
    depth: z.enum(['presence', 'ports', 'versions']),
    basis: z.enum(['asked', 'inferred']).meta({ description: 'asked by us, or read off a report that does not name its addresses' }),
  })
  .meta({ description: 'What a scan really asked: only what lies inside can be gone, closed or away.' });

export type CoverageJson = z.infer<typeof coverageJson>;

export const scanJson = z
  .object({
    id: z.int(),
    site: z.string(),
    target: z.int().nullable().meta({ description: 'null for scans by hand and for reports' }),
    subject: z.string().meta({ description: 'what was asked for, in words' }),
    plan: z.enum([...PLAN_NAMES, 'ingest', 'listen', 'edit', 'import']),
    startedAt: instantText,
    finishedAt: instantText.nullable(),
    outcome: z.enum(['complete', 'partial', 'failed', 'cancelled', 'running']),
    cause: z.object({ code: z.string(), text: z.string() }).nullable().meta({ description: 'why it is not complete' }),
    coverage: coverageJson.nullable(),
    command: z.string().nullable().meta({ description: 'the first command, quoted for a shell' }),
    commands: z.array(z.array(z.string())).meta({ description: 'the exact commands, argument by argument' }),
    privileged: z.boolean().nullable().meta({ description: 'raw packets (true) or only connections (false)' }),
    iface: z.string().nullable(),
    tool: z.object({ name: z.string(), version: z.string() }).nullable(),
    asked: z.int().meta({ description: 'addresses asked, up or not' }),
    up: z.int(),
    changes: z.int().meta({ description: 'how many changes it made' }),
  })
  .meta({ description: 'One look at the network, outcome and coverage included.' });

export type ScanJson = z.infer<typeof scanJson>;

export const runJson = z
  .object({ id: z.int(), firstAt: instantText, lastAt: instantText, count: z.int() })
  .meta({ description: 'Consecutive scans of one subject and plan that ended alike.' });

export type RunJson = z.infer<typeof runJson>;
