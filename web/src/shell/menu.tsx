import { NavLink } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { useTexts } from '../texts/language.tsx';
import { PAGES } from './pages.tsx';

const isWithin = (path: string, page: string): boolean => (page === '/' ? path === '/' : path === page || path.startsWith(`${page}/`));

export function Menu() {
  const { shell } = useTexts();
  const [path] = useLocation();
  return PAGES.map(({ name, path: page, icon: Icon }) => {
    const here = isWithin(path, page);
    return (
      <NavLink
        key={name}
        component={Link}
        href={page}
        label={shell.pages[name]}
        leftSection={<Icon size={18} />}
        active={here}
        variant="filled"
        aria-current={here ? 'page' : undefined}
        style={{ borderRadius: 'var(--mantine-radius-md)' }}
      />
    );
  });
}
