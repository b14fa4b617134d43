import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { whenSignedOut } from '@/api/transport';
import { createQueryClient } from './queryClient';
import { createAppRouter } from './router';
import { theme, variables } from './theme';

const queryClient = createQueryClient();
const router = createAppRouter(queryClient);

whenSignedOut(() => {
  if (router.state.location.pathname === '/login') return;
  const next = router.state.location.href;
  queryClient.clear();
  void router.navigate({ to: '/login', search: { next }, replace: true });
});

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>
  );
}
