import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { eventsQuery, filtersOf } from '@/features/collections/queries';
import { resultsQuery } from '@/features/results/queries';
import { sessionQuery } from '@/features/sessions/queries';
import { NoSuchPage } from '@/shared/states/NoSuchPage';
import { PageError } from '@/shared/states/PageError';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import { adminRoute } from './adminRoutes';
import { inRoute, rootRoute, mustBeKey } from './inRoute';
import { pages } from './pages';
import {
  bySampleSearch,
  cellsSearch,
  collectionSearch,
  eventsSearch,
  loginSearch,
  proposalsSearch,
  sampleSearch,
  samplesSearch,
  sessionsSearch,
} from './search';

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'login',
  validateSearch: loginSearch,
  component: lazyRouteComponent(pages.LoginPage, 'LoginPage'),
});

const nowRoute = createRoute({
  getParentRoute: () => inRoute,
  path: '/',
  component: lazyRouteComponent(pages.NowPage, 'NowPage'),
});

const sessionsRoute = createRoute({
  getParentRoute: () => inRoute,
  path: 'sessions',
  validateSearch: sessionsSearch,
  component: lazyRouteComponent(pages.SessionsPage, 'SessionsPage'),
});

const sessionRoute = createRoute({
  getParentRoute: () => inRoute,
  path: 'sessions/$sessionId',
  params: {
    parse: (raw) => ({ sessionId: Number(raw.sessionId) }),
    stringify: (p) => ({ sessionId: String(p.sessionId) }),
  },
  beforeLoad: ({ params }) => mustBeKey(params.sessionId),
  notFoundComponent: NoSuchPage,
  // The data starts on its way while the code of the page still loads; errors are shown by the page.
  loader: ({ context, params }) => {
    void context.queryClient.query(sessionQuery(params.sessionId)).catch(() => undefined);
  },
  component: lazyRouteComponent(pages.SessionPage, 'SessionPage'),
});

const collectionParams = {
  parse: (raw: { dataCollectionId: string }) => ({ dataCollectionId: Number(raw.dataCollectionId) }),
  stringify: (params: { dataCollectionId: number }) => ({ dataCollectionId: String(params.dataCollectionId) }),
};

/** The list of collections; it stays mounted while one of them is open beside it. */
const listRoute = createRoute({
  getParentRoute: () => sessionRoute,
  id: 'list',
  validateSearch: eventsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => {
    void context.queryClient.infiniteQuery(eventsQuery(filtersOf(params.sessionId, deps))).catch(() => undefined);
    void context.queryClient.query(resultsQuery({ sessionId: params.sessionId })).catch(() => undefined);
  },
  component: lazyRouteComponent(pages.CollectionsTab, 'CollectionsTab'),
});

const listOnlyRoute = createRoute({ getParentRoute: () => listRoute, path: '/' });

const besideRoute = createRoute({
  getParentRoute: () => listRoute,
  path: 'collections/$dataCollectionId',
  validateSearch: collectionSearch,
  params: collectionParams,
  beforeLoad: ({ params }) => mustBeKey(params.dataCollectionId),
  notFoundComponent: NoSuchPage,
});

const samplesRoute = createRoute({
  getParentRoute: () => sessionRoute,
  path: 'samples',
  validateSearch: samplesSearch,
  component: lazyRouteComponent(pages.SamplesTab, 'SamplesTab'),
});

const bySampleRoute = createRoute({
  getParentRoute: () => sessionRoute,
  path: 'by-sample',
  validateSearch: bySampleSearch,
  component: lazyRouteComponent(pages.BySampleTab, 'BySampleTab'),
});

const peopleRoute = createRoute({
  getParentRoute: () => sessionRoute,
  path: 'people',
  component: lazyRouteComponent(pages.PeopleTab, 'PeopleTab'),
});

const collectionRoute = createRoute({
  getParentRoute: () => inRoute,
  path: 'collections/$dataCollectionId',
  validateSearch: collectionSearch,
  params: collectionParams,
  beforeLoad: ({ params }) => mustBeKey(params.dataCollectionId),
  notFoundComponent: NoSuchPage,
  component: lazyRouteComponent(pages.CollectionPage, 'CollectionPage'),
});

const proposalsRoute = createRoute({
  getParentRoute: () => inRoute,
  path: 'proposals',
  validateSearch: proposalsSearch,
  component: lazyRouteComponent(pages.ProposalsPage, 'ProposalsPage'),
});

const proposalRoute = createRoute({
  getParentRoute: () => inRoute,
  path: 'proposals/$proposal',
  component: lazyRouteComponent(pages.ProposalPage, 'ProposalPage'),
});

const sampleRoute = createRoute({
  getParentRoute: () => inRoute,
  path: 'samples/$blSampleId',
  params: {
    parse: (raw) => ({ blSampleId: Number(raw.blSampleId) }),
    stringify: (params) => ({ blSampleId: String(params.blSampleId) }),
  },
  validateSearch: sampleSearch,
  beforeLoad: ({ params }) => mustBeKey(params.blSampleId),
  notFoundComponent: NoSuchPage,
  component: lazyRouteComponent(pages.SamplePage, 'SamplePage'),
});

const proteinRoute = createRoute({
  getParentRoute: () => inRoute,
  path: 'proteins/$proteinId',
  params: {
    parse: (raw) => ({ proteinId: Number(raw.proteinId) }),
    stringify: (params) => ({ proteinId: String(params.proteinId) }),
  },
  beforeLoad: ({ params }) => mustBeKey(params.proteinId),
  notFoundComponent: NoSuchPage,
  component: lazyRouteComponent(pages.ProteinPage, 'ProteinPage'),
});

const cellsRoute = createRoute({
  getParentRoute: () => inRoute,
  path: 'cells',
  validateSearch: cellsSearch,
  component: lazyRouteComponent(pages.CellsPage, 'CellsPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => inRoute,
  path: 'account',
  component: lazyRouteComponent(pages.AccountPage, 'AccountPage'),
});

/** Any other address, within the frame: the way back is at hand. */
const otherRoute = createRoute({ getParentRoute: () => inRoute, path: '$', component: NoSuchPage });

const routeTree = rootRoute.addChildren([
  loginRoute,
  inRoute.addChildren([
    nowRoute,
    sessionsRoute,
    sessionRoute.addChildren([
      listRoute.addChildren([listOnlyRoute, besideRoute]),
      samplesRoute,
      bySampleRoute,
      peopleRoute,
    ]),
    collectionRoute,
    proposalsRoute,
    proposalRoute,
    sampleRoute,
    proteinRoute,
    cellsRoute,
    accountRoute,
    adminRoute,
    otherRoute,
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultErrorComponent: PageError,
    defaultPendingComponent: PageSkeleton,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
