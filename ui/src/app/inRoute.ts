import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, notFound, redirect } from '@tanstack/react-router';
import { statusOf } from '@/api/problem';
import { userQuery } from '@/features/auth/queries';
import { Frame } from '@/frame/Frame';
import { NoSuchPage } from '@/shared/states/NoSuchPage';

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({ notFoundComponent: NoSuchPage });

/** Everything behind the log-in. */
export const inRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'in',
  component: Frame,
  notFoundComponent: NoSuchPage,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.query({ ...userQuery(), staleTime: 'static' });
    } catch (error) {
      if (statusOf(error) !== 401) throw error;
      throw redirect({ to: '/login', search: { next: location.href }, replace: true });
    }
  },
});

/** An address whose number is none leads nowhere: the service need not be asked. */
export function mustBeKey(id: number): void {
  if (!Number.isInteger(id) || id < 1) throw notFound();
}
