import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { draw } from './render';

// jsdom has no layout to scroll.
vi.stubGlobal('scrollTo', vi.fn());

/** Draws a component that links to other pages. It is there only after the router has loaded: look for it with `find`. */
export function drawRouted(element: ReactNode) {
  const routeTree = createRootRoute({ component: () => element });
  const router = createRouter({ routeTree, history: createMemoryHistory() });
  // The page's own router is the one that types know.
  return draw(<RouterProvider router={router as never} />);
}
