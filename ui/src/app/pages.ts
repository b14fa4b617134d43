/** The pages, each loaded when it is first needed. */
export const pages = {
  LoginPage: () => import('@/features/auth/LoginPage'),
  NowPage: () => import('@/features/now/NowPage'),
  SessionsPage: () => import('@/features/sessions/SessionsPage'),
  SessionPage: () => import('@/features/sessions/SessionPage'),
  CollectionsTab: () => import('@/features/collections/CollectionsTab'),
  SamplesTab: () => import('@/features/samples/SamplesTab'),
  PeopleTab: () => import('@/features/sessions/PeopleTab'),
  CollectionPage: () => import('@/features/collections/detail/CollectionPage'),
  ProposalsPage: () => import('@/features/proposals/ProposalsPage'),
  ProposalPage: () => import('@/features/proposals/ProposalPage'),
};

/** Loads the other pages while nothing else is to be done, so that going there needs no network. */
export function fetchAhead(): void {
  const load = () => {
    for (const page of Object.values(pages)) void page().catch(() => undefined);
    void import('@/features/collections/detail/CollectionView').catch(() => undefined);
  };
  // Safari has no idle callback.
  if ('requestIdleCallback' in window) requestIdleCallback(load);
  else setTimeout(load, 2000);
}
