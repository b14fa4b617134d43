import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { adminPlaces } from '@/features/admin/places';
import { userQuery } from '@/features/auth/queries';
import { NoSuchPage } from '@/shared/states/NoSuchPage';
import { inRoute, mustBeKey } from './inRoute';
import { adminPages } from './pages';
import { activitySearch, adminListSearch, keysSearch, peopleSearch } from './search';

const adminFrame = createRoute({
  getParentRoute: () => inRoute,
  path: 'admin',
  component: lazyRouteComponent(adminPages.AdminPage, 'AdminPage'),
});

/** `/admin` alone leads to the first page that one may use. */
const firstRoute = createRoute({
  getParentRoute: () => adminFrame,
  path: '/',
  beforeLoad: async ({ context }) => {
    const user = await context.queryClient.query({ ...userQuery(), staleTime: 'static' });
    const [first] = adminPlaces(user);
    if (first) throw redirect({ to: first.to, replace: true });
  },
});

const groupsRoute = createRoute({
  getParentRoute: () => adminFrame,
  path: 'groups',
  validateSearch: adminListSearch,
  component: lazyRouteComponent(adminPages.GroupsPage, 'GroupsPage'),
});

const groupRoute = createRoute({
  getParentRoute: () => adminFrame,
  path: 'groups/$userGroupId',
  params: {
    parse: (raw) => ({ userGroupId: Number(raw.userGroupId) }),
    stringify: (params) => ({ userGroupId: String(params.userGroupId) }),
  },
  beforeLoad: ({ params }) => mustBeKey(params.userGroupId),
  notFoundComponent: NoSuchPage,
  component: lazyRouteComponent(adminPages.GroupPage, 'GroupPage'),
});

const permissionsRoute = createRoute({
  getParentRoute: () => adminFrame,
  path: 'permissions',
  validateSearch: adminListSearch,
  component: lazyRouteComponent(adminPages.PermissionsPage, 'PermissionsPage'),
});

const permissionRoute = createRoute({
  getParentRoute: () => adminFrame,
  path: 'permissions/$permissionId',
  params: {
    parse: (raw) => ({ permissionId: Number(raw.permissionId) }),
    stringify: (params) => ({ permissionId: String(params.permissionId) }),
  },
  beforeLoad: ({ params }) => mustBeKey(params.permissionId),
  notFoundComponent: NoSuchPage,
  component: lazyRouteComponent(adminPages.PermissionPage, 'PermissionPage'),
});

const peopleRoute = createRoute({
  getParentRoute: () => adminFrame,
  path: 'people',
  validateSearch: peopleSearch,
  component: lazyRouteComponent(adminPages.PeoplePage, 'PeoplePage'),
});

const beamlinesRoute = createRoute({
  getParentRoute: () => adminFrame,
  path: 'beamlines',
  component: lazyRouteComponent(adminPages.BeamlinesPage, 'BeamlinesPage'),
});

const keysRoute = createRoute({
  getParentRoute: () => adminFrame,
  path: 'keys',
  validateSearch: keysSearch,
  component: lazyRouteComponent(adminPages.KeysPage, 'KeysPage'),
});

const optionsRoute = createRoute({
  getParentRoute: () => adminFrame,
  path: 'options',
  component: lazyRouteComponent(adminPages.OptionsPage, 'OptionsPage'),
});

const activityRoute = createRoute({
  getParentRoute: () => adminFrame,
  path: 'activity',
  validateSearch: activitySearch,
  component: lazyRouteComponent(adminPages.ActivityPage, 'ActivityPage'),
});

/** Groups, permissions, people, keys, options, and who did what. */
export const adminRoute = adminFrame.addChildren([
  firstRoute,
  groupsRoute,
  groupRoute,
  permissionsRoute,
  permissionRoute,
  peopleRoute,
  beamlinesRoute,
  keysRoute,
  optionsRoute,
  activityRoute,
]);
