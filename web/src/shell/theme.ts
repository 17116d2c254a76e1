import { Anchor, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Dark enough on white, and light enough on black, for text of any size (WCAG AA). */
const roll: MantineColorsTuple = [
  '#e3fafc',
  '#c5f6fa',
  '#99e9f2',
  '#66d9e8',
  '#3bc9db',
  '#22b8cf',
  '#0c8599',
  '#0b7285',
  '#095c6b',
  '#064855',
];

export const theme = createTheme({
  primaryColor: 'roll',
  primaryShade: { light: 7, dark: 7 },
  colors: { roll },
  defaultRadius: 'md',
  cursorType: 'pointer',
  autoContrast: true,
  luminanceThreshold: 0.35,
  // Links within text must not be told by their colour alone.
  components: { Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }) },
});
