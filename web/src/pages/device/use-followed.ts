import { useEffect, useState } from 'react';
import type { FollowItem, ScanJson } from '../../../../src/contract/index.ts';
import { client } from '../../asked/client.ts';

interface Followed {
  readonly progress: Extract<FollowItem, { kind: 'progress' }> | null;
  readonly ended: ScanJson | null;
  readonly failure: unknown;
}

const NOTHING_YET: Followed = { progress: null, ended: null, failure: null };

/** A scan begun by hand, as its own stream tells it until it ended. */
export function useFollowed(id: number): Followed {
  const [followed, setFollowed] = useState(NOTHING_YET);
  useEffect(() => {
    const over = new AbortController();
    const tell = (told: Partial<Followed>): void => {
      if (!over.signal.aborted) setFollowed((before) => ({ ...before, ...told }));
    };
    follow(id, tell, over.signal).catch((failure: unknown) => tell({ failure }));
    return () => over.abort();
  }, [id]);
  return followed;
}

async function follow(id: number, tell: (told: Partial<Followed>) => void, signal: AbortSignal): Promise<void> {
  for await (const item of await client.scans.follow({ id }, { signal })) {
    if (item.kind === 'progress') tell({ progress: item });
    if (item.kind === 'result') tell({ ended: item.result.scan });
  }
}
