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

/** As Mantine's, but for the two that white stands on. */
const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffe3e3',
  '#ffc9c9',
  '#ffa8a8',
  '#ff8787',
  '#ff6b6b',
  '#fa5252',
  '#c92a2a',
  '#b02525',
  '#961f1f',
];

const TITLED = { attributes: { header: { role: 'presentation' } } };

export const theme = createTheme({
  primaryColor: 'roll',
  primaryShade: { light: 7, dark: 7 },
  colors: { roll, red },
  defaultRadius: 'md',
  cursorType: 'pointer',
  autoContrast: true,
  luminanceThreshold: 0.35,
  // Links within text must not be told by their colour alone.
  components: {
    Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }),
    // The page has one banner; what opens above it has only a title.
    Modal: { defaultProps: TITLED },
    Drawer: { defaultProps: TITLED },
  },
});
