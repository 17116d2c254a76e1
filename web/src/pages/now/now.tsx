import { Grid, SimpleGrid, Stack } from '@mantine/core';
import { PageTitle } from '../../parts/page-title.tsx';
import { useTexts } from '../../texts/language.tsx';
import { Attendance } from './attendance.tsx';
import { Drift } from './drift.tsx';
import { Feed } from './feed.tsx';
import { Incidents } from './incidents.tsx';
import { LastNight } from './last-night.tsx';
import { Running } from './running.tsx';
import { Unseen } from './unseen.tsx';
import { WhoIsHere } from './who-is-here.tsx';

/** The first page: who is here, what is going on, what changed, and what cannot be seen. */
export function Now() {
  const { now } = useTexts();
  return (
    <>
      <PageTitle title={now.title} />
      <Stack>
        <Unseen />
        <Attendance />
        <Grid>
          <Grid.Col span={{ base: 12, lg: 7 }}>
            <Stack>
              <Incidents />
              <WhoIsHere />
              <LastNight />
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 5 }}>
            <SimpleGrid cols={1}>
              <Running />
              <Drift />
              <Feed />
            </SimpleGrid>
          </Grid.Col>
        </Grid>
      </Stack>
    </>
  );
}
