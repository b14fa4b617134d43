/** The pages, each loaded when it is first needed. */
export const pages = {
  LoginPage: () => import('@/features/auth/LoginPage'),
  NowPage: () => import('@/features/now/NowPage'),
  SessionsPage: () => import('@/features/sessions/SessionsPage'),
  SessionPage: () => import('@/features/sessions/SessionPage'),
  CollectionsTab: () => import('@/features/collections/CollectionsTab'),
  SamplesTab: () => import('@/features/samples/SamplesTab'),
  BySampleTab: () => import('@/features/results/samples/BySampleTab'),
  PeopleTab: () => import('@/features/sessions/PeopleTab'),
  CollectionPage: () => import('@/features/collections/detail/CollectionPage'),
  ProposalsPage: () => import('@/features/proposals/ProposalsPage'),
  ProposalPage: () => import('@/features/proposals/ProposalPage'),
  SamplePage: () => import('@/features/samples/page/SamplePage'),
  ProteinPage: () => import('@/features/proteins/ProteinPage'),
  CellsPage: () => import('@/features/cells/CellsPage'),
  AccountPage: () => import('@/features/account/AccountPage'),
};

/** Pages that few people open: they are not fetched ahead. */
export const adminPages = {
  AdminPage: () => import('@/features/admin/AdminPage'),
  GroupsPage: () => import('@/features/admin/groups/GroupsPage'),
  GroupPage: () => import('@/features/admin/groups/GroupPage'),
  PermissionsPage: () => import('@/features/admin/permissions/PermissionsPage'),
  PermissionPage: () => import('@/features/admin/permissions/PermissionPage'),
  PeoplePage: () => import('@/features/admin/people/PeoplePage'),
  BeamlinesPage: () => import('@/features/admin/beamlines/BeamlinesPage'),
  KeysPage: () => import('@/features/admin/keys/KeysPage'),
  OptionsPage: () => import('@/features/admin/options/OptionsPage'),
  ActivityPage: () => import('@/features/admin/activity/ActivityPage'),
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
