import { describe, test } from 'node:test';
import { accessStories } from './store/access.ts';
import { alertTermStories } from './store/alert-terms.ts';
import { alertStories } from './store/alerts.ts';
import { approvalStories } from './store/approvals.ts';
import { askingStories } from './store/asking.ts';
import { auditStories } from './store/audit.ts';
import { commitStories } from './store/commits.ts';
import { importStories } from './store/imports.ts';
import { keepingStories } from './store/keeping.ts';
import { leaseStories } from './store/leases.ts';
import { lookStories } from './store/looks.ts';
import { savedViewStories } from './store/saved-views.ts';
import { scanStories } from './store/scans.ts';
import { type Open, type Opened, type Scene, sceneIn } from './store/scene.ts';
import { timeTravelStories } from './store/time-travel.ts';

export type { Open, Opened } from './store/scene.ts';

/** Runs one story in a fresh store. */
export type Tell = (name: string, story: (scene: Scene, opened: Opened) => Promise<void>) => void;

/** What every store must do, whatever it keeps its rows in. */
export function storeContract(name: string, open: Open): void {
  const tell: Tell = (title, story) => {
    test(title, async () => {
      const opened = await open();
      try {
        await story(await sceneIn(opened.store), opened);
      } finally {
        await opened.stop();
      }
    });
  };
  describe(`${name} as a store`, () => {
    commitStories(tell);
    scanStories(tell);
    lookStories(tell);
    timeTravelStories(tell);
    askingStories(tell);
    importStories(tell);
    leaseStories(tell);
    keepingStories(tell);
    approvalStories(tell);
    alertStories(tell);
    alertTermStories(tell);
    savedViewStories(tell);
    accessStories(tell);
    auditStories(tell);
  });
}
