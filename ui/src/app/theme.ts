import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The one accent. Shade 7 reads on white, shade 4 on the dark surfaces. */
const beam: MantineColorsTuple = [
  '#e6f5f3',
  '#cfeae6',
  '#a3d7cf',
  '#6fc4b8',
  '#3fbfae',
  '#1d9d8e',
  '#12877a',
  '#0f766e',
  '#0c5f59',
  '#084a45',
];

const dark: MantineColorsTuple = [
  '#e3e9ec',
  '#c5d0d6',
  '#a3b0b8',
  '#82919b',
  '#34404a',
  '#252e34',
  '#1a2125',
  '#12171a',
  '#0d1113',
  '#080b0c',
];

export const theme = createTheme({
  primaryColor: 'beam',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  colors: { beam, dark },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontWeight: '620',
    sizes: { h1: { fontSize: '22px', lineHeight: '1.3' }, h2: { fontSize: '16px', lineHeight: '1.4' } },
  },
  components: {
    TextInput: { defaultProps: { leftSectionPointerEvents: 'none' } },
    Modal: { defaultProps: { transitionProps: { duration: 120 } } },
  },
});

/** Mantine's own surfaces follow the page's tokens (app/tokens.css). */
export const variables: CSSVariablesResolver = () => {
  const surfaces = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-2)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--inset)',
    '--mantine-color-anchor': 'var(--accent)',
  };
  return { variables: {}, light: surfaces, dark: surfaces };
};
