import { type AddressRange, type View, viewFromItems } from '../../core/index.ts';
import type { Call } from '../command.ts';
import { openFileView } from '../views/file-view.ts';
import type { Side } from './side.ts';

interface Opening {
  readonly call: Call;
  readonly covers: readonly AddressRange[];
}

/** Lends the views of both sides to the work, and lets go of them afterwards. Files come first: a bad one opens no store. */
export async function withViews<T>(sides: readonly [Side, Side], opening: Opening, work: (a: View, b: View) => Promise<T>): Promise<T> {
  const views = new Map<Side, View>();
  try {
    for (const side of sides) if (side.kind !== 'stored') views.set(side, await fileView(side, opening));
    for (const side of sides) if (side.kind === 'stored') views.set(side, await storedView(side.text, opening.call));
    return await work(views.get(sides[0]) as View, views.get(sides[1]) as View);
  } finally {
    for (const view of views.values()) view.close();
  }
}

function fileView(side: Exclude<Side, { kind: 'stored' }>, { call: { world }, covers }: Opening): Promise<View> {
  const options = { now: world.now(), ...(covers.length > 0 && { covers }) };
  return side.kind === 'stdin' ? openFileView('-', options) : openFileView(side.path, { ...options, title: side.title });
}

const storedView = (side: string, { withClient, unread }: Call): Promise<View> =>
  withClient(async (client) => viewFromItems(await client.diff.view({ side }, { signal: unread })));
