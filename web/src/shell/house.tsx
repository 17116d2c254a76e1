import { AppShell, Burger, Container, Group, Loader, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, useEffect } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { Account } from '../entry/account.tsx';
import { useTexts } from '../texts/language.tsx';
import { Banners } from './banners.tsx';
import { Broken } from './broken.tsx';
import classes from './house.module.css';
import { LinkState } from './link-state.tsx';
import { Mark } from './mark.tsx';
import { Menu } from './menu.tsx';
import { NotFound } from './not-found.tsx';
import { INNER_PAGES, PAGES } from './pages.tsx';
import { Palette, PaletteButton } from './palette.tsx';
import { Preferences } from './preferences.tsx';

/** What stays on the screen whatever page is looked at. */
export function House() {
  const { shell } = useTexts();
  const [open, { toggle, close }] = useDisclosure();
  const [path] = useLocation();
  useEffect(close, [path, close]);
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !open } }} padding="md">
      <a href="#page" className={classes.skip}>
        {shell.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={shell.menu} aria-expanded={open} />
          <Mark />
          <Text fw={650} visibleFrom="xs">
            Rollcall
          </Text>
          <LinkState />
          <Group ml="auto" gap="xs" wrap="nowrap">
            <PaletteButton />
            <Preferences />
            <Account />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={shell.menu}>
        <ScrollArea>
          <Menu />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1} className={classes.page}>
        <Container fluid px={0}>
          <Banners />
          <Broken key={path}>
            <Suspense fallback={<Loader aria-label={shell.loading} />}>
              <Pages />
            </Suspense>
          </Broken>
        </Container>
      </AppShell.Main>
      <Palette />
    </AppShell>
  );
}

const Pages = () => (
  <Switch>
    {[...PAGES, ...INNER_PAGES].map(({ path, draw: Draw }) => (
      <Route key={path} path={path}>
        <Draw />
      </Route>
    ))}
    <Route>
      <NotFound />
    </Route>
  </Switch>
);
