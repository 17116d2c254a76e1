import { request } from 'node:http';
import { join } from 'node:path';

/** A change as the live stream tells it. */
export interface LiveChange {
  readonly kind: string;
  readonly device: { readonly id: number } | null;
  readonly after: { readonly addresses?: readonly string[] } | null;
}

/** Follows the live stream of the daemon with this state folder; each change comes with the moment it arrived (epoch ms, with fractions). */
export async function followLive(data: string, hear: (change: LiveChange, at: number) => void): Promise<void> {
  const take = (line: string): void => {
    const at = performance.timeOrigin + performance.now();
    if (!line.startsWith('data:')) return;
    const { changes = [] } = JSON.parse(line.slice(5)) as { changes?: readonly LiveChange[] };
    for (const change of changes) hear(change, at);
  };
  await new Promise<void>((resolve, reject) => {
    const asking = request({ socketPath: join(data, 'rollcall.sock'), path: '/api/v1/live', headers: { accept: 'text/event-stream' } });
    asking.on('error', reject);
    asking.on('response', (answer) => {
      resolve();
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        const lines = (text + chunk).split('\n');
        text = lines.pop() ?? '';
        lines.forEach(take);
      });
      answer.on('error', () => {}); // the daemon has been stopped
    });
    asking.end();
  });
}
