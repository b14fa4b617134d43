import { MantineProvider } from '@mantine/core';
import { cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, vi } from 'vitest';
import { theme } from '@/app/theme';

afterEach(cleanup);

// jsdom has no media queries.
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));

// Nor does anything change its size there.
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe = vi.fn();
    unobserve = vi.fn();
    disconnect = vi.fn();
  },
);

// A field that grows with its text asks whether fonts have arrived.
Object.defineProperty(document, 'fonts', { value: new EventTarget() });

/** Draws a component as it stands in the page. A test that uses it runs in jsdom: see the first line of its file. */
export function draw(element: ReactNode) {
  return render(<MantineProvider theme={theme}>{element}</MantineProvider>);
}
