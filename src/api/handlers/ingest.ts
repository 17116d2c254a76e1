import { untrusted } from '../../core/index.ts';
import { resultToJson } from '../json/result.ts';
import { readMoment } from '../moment.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';

export const ingestHandler = () =>
  operations.ingest.handler(async ({ context, input: { file, name, covers, at } }) => {
    const result = await context.keeper.ingest({
      bytes: file.stream(),
      name: untrusted(name ?? file.name),
      covers: [covers].flat(),
      ...(at === undefined ? {} : { at: readMoment(at, nowOf(context)) }),
    });
    return resultToJson(result, context.keeper.roll().devices);
  });
