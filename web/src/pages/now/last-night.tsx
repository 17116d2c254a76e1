import { useQuery } from '@tanstack/react-query';
import { client } from '../../asked/client.ts';
import { Answer } from '../../parts/answer.tsx';
import { ChangeLine } from '../../parts/change-line.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/section.tsx';
import { useTexts } from '../../texts/language.tsx';
import classes from './now.module.css';

const SHOWN = 25;
/** Changes that are only somebody's own doing are no news of the night. */
const OWN = new Set(['device.edited', 'device.described', 'history.imported']);

/** What changed while nobody looked. */
export function LastNight() {
  const { now } = useTexts();
  const changes = useQuery({
    queryKey: ['changes.list', 'night'],
    queryFn: async ({ signal }) => {
      const newest = await client.changes.list({ limit: 200 }, { signal });
      const since = Date.now() - 12 * 3_600_000;
      return newest.filter(({ at, kind }) => Date.parse(at) >= since && !OWN.has(kind)).toReversed();
    },
    meta: { follows: ['commits'] },
  });
  return (
    <Section title={now.night}>
      <Answer of={changes}>
        {(told) =>
          told.length === 0 ? (
            <Empty text={now.quietNight} />
          ) : (
            <ul className={classes.lines}>
              {told.slice(0, SHOWN).map((change) => (
                <li key={change.seq}>
                  <ChangeLine change={change} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Section>
  );
}
