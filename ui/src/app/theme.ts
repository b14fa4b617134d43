import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The one accent. Shade 7 carries white words and stands out from light and dark surfaces alike. */
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

/** Of what destroys; shade 7 is that of what failed. */
const red: MantineColorsTuple = [
  '#fcecec',
  '#f8d5d4',
  '#f0abaa',
  '#e67f7d',
  '#de5a57',
  '#d84340',
  '#cf3735',
  '#c2302e',
  '#a32523',
  '#7f1b1a',
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
  primaryShade: 7,
  autoContrast: true,
  colors: { beam, red, dark },
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
    Modal: { defaultProps: { transitionProps: { duration: 120 }, closeButtonProps: { 'aria-label': 'Close' } } },
    Select: { defaultProps: { clearButtonProps: { 'aria-label': 'Clear' } } },
    MultiSelect: { defaultProps: { clearButtonProps: { 'aria-label': 'Clear' } } },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
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
