import type { Channel, JsonObject, Message } from '../../../src/core/index.ts';
import type { Recorded, Reply } from './http-sink.ts';
import { alert, line, message, opened, worldOf } from './opened.ts';
import { type FakeService, type Fields, fieldsOf, type Judge } from './service.ts';

/** A story with one fake service and one channel to it. */
export async function withService(
  make: () => Promise<FakeService>,
  channelTo: (service: FakeService) => readonly [kind: string, options: JsonObject],
  story: (service: FakeService, channel: Channel) => Promise<void>,
): Promise<void> {
  const service = await make();
  try {
    await story(service, await opened(...channelTo(service), worldOf([service.reach])));
  } finally {
    await service.stop();
  }
}

/** How a judge answers where nobody looks at its board. */
export const answersOf = (judge: Judge): ((request: Recorded) => Reply) => {
  const board = { put: () => {}, replace: () => true, find: () => undefined };
  return (request) => judge(request, board);
};

/** The fields of a request, with their names as its shape; throws where there are none. */
export function page(request: Recorded): { readonly fields: Fields; readonly shape: readonly string[] } {
  const fields = fieldsOf(request);
  if (fields === null) throw new Error(`no JSON: ${request.body.slice(0, 200)}`);
  return { fields, shape: [request.method, ...Object.keys(fields)] };
}

/** A storm: more lines than most services have room for. */
export const storm = (count: number, over: Partial<Message> = {}): Message => {
  const lines = Array.from({ length: count }, (_, i) =>
    line({ seq: i, text: `camera-${i}.lan left, last seen 00:58, after 12 days here` }),
  );
  return message({
    id: 'home-13-opened-ops',
    subject: `${count} devices left at once`,
    text: lines.map(({ text }) => text).join('\n'),
    alert: alert({ lines }),
    ...over,
  });
};

/** Of a storm that was cut: how many lines are there, and how many the text says are missing. */
export const counted = (text: string): { readonly shown: number; readonly missing: number } => ({
  shown: text.match(/camera-\d+\.lan/g)?.length ?? 0,
  missing: Number(/cut here: (\d+) more/.exec(text)?.[1] ?? 0),
});
