import { useLive } from '../../live/live.tsx';
import { ChangeLine } from '../../parts/change-line.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { useTexts } from '../../texts/language.tsx';
import classes from './now.module.css';

const SHOWN = 30;

/** Changes since the page was opened, as they are committed. */
export function Feed() {
  const { now } = useTexts();
  const feed = useLive((state) => state.feed);
  return (
    <Section title={now.feed}>
      {feed.length === 0 ? (
        <Empty text={now.noFeed} />
      ) : (
        <ul className={classes.lines} aria-live="polite" data-feed>
          {feed.slice(0, SHOWN).map((change) => (
            <li key={change.seq} data-seq={change.seq}>
              <ChangeLine change={change} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
