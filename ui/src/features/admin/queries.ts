import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { ActivitySearch, KeyState } from '@/app/search';
import type { Activity, ApiKey, Group, NewApiKey, Page, Permission, PersonWhole } from '@/api/types';
import { uiOptionsQuery, userQuery } from '@/features/auth/queries';

const PAGE = 50;

/** Every list of administration goes on by key. */
function paged<Row, Key extends readonly unknown[]>(
  queryKey: Key,
  fetch: (query: { limit: number; after?: string }, signal: AbortSignal) => Promise<Page<Row>>,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetch({ limit: PAGE, after: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function groupsQuery(of: { search?: string; permissionId?: number }) {
  return paged(['admin', 'groups', of], (page, signal) =>
    read<Page<Group>>(api.GET('/ispyb/api/v1/admin/groups', { params: { query: { ...of, ...page } }, signal })),
  );
}

export function groupQuery(userGroupId: number) {
  return queryOptions({
    queryKey: ['admin', 'group', userGroupId],
    queryFn: ({ signal }) =>
      read(api.GET('/ispyb/api/v1/admin/groups/{userGroupId}', { params: { path: { userGroupId } }, signal })),
  });
}

export function permissionsQuery(search?: string) {
  return paged(['admin', 'permissions', { search }], (page, signal) =>
    read<Page<Permission>>(
      api.GET('/ispyb/api/v1/admin/permissions', { params: { query: { search, ...page } }, signal }),
    ),
  );
}

/** Every permission there is, for the choice of one. */
export function allPermissionsQuery() {
  return queryOptions({
    queryKey: ['admin', 'permissions', 'all'],
    queryFn: ({ signal }) =>
      read<Page<Permission>>(api.GET('/ispyb/api/v1/admin/permissions', { params: { query: { limit: 500 } }, signal })),
  });
}

export function peopleQuery(of: { search?: string; userGroupId?: number; permissionId?: number }) {
  return paged(['admin', 'people', of], (page, signal) =>
    read<Page<PersonWhole>>(api.GET('/ispyb/api/v1/admin/persons', { params: { query: { ...of, ...page } }, signal })),
  );
}

/** A few people whose name begins so, for the choice of one. */
export function somePeopleQuery(search: string) {
  return queryOptions({
    queryKey: ['admin', 'people', 'some', search],
    queryFn: ({ signal }) =>
      read<Page<PersonWhole>>(
        api.GET('/ispyb/api/v1/admin/persons', { params: { query: { search, limit: 12 } }, signal }),
      ),
    placeholderData: keepPreviousData,
  });
}

export function beamlineGroupsQuery() {
  return queryOptions({
    queryKey: ['admin', 'beamline-groups'],
    queryFn: ({ signal }) => read(api.GET('/ispyb/api/v1/admin/beamline-groups', { signal })),
  });
}

export function keysQuery(of: { state?: KeyState; search?: string }) {
  return paged(['admin', 'keys', of], (page, signal) =>
    read<Page<ApiKey>>(api.GET('/ispyb/api/v1/admin/keys', { params: { query: { ...of, ...page } }, signal })),
  );
}

export function activityQuery(of: ActivitySearch) {
  return paged(['admin', 'activity', of], (page, signal) =>
    read<Page<Activity>>(api.GET('/ispyb/api/v1/admin/activity', { params: { query: { ...of, ...page } }, signal })),
  );
}

export function optionsQuery() {
  return queryOptions({
    queryKey: ['admin', 'options'],
    queryFn: ({ signal }) => read(api.GET('/ispyb/api/v1/options', { signal })),
  });
}

/** Does one thing of administration, then has every list of it fetched again: one change shows in several of them. */
export function useAdminChange<Sent, Answer>(act: (sent: Sent) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: ['admin'] });
      // It may have been one's own rights, or what every page shows.
      await queryClient.invalidateQueries(userQuery());
      await queryClient.invalidateQueries(uiOptionsQuery());
    },
  });
}

export const change = {
  createGroup: (name: string) => read(api.POST('/ispyb/api/v1/admin/groups', { body: { name } })),
  renameGroup: ({ userGroupId, name }: { userGroupId: number; name: string }) =>
    read(api.PATCH('/ispyb/api/v1/admin/groups/{userGroupId}', { params: { path: { userGroupId } }, body: { name } })),
  deleteGroup: (userGroupId: number) =>
    read(api.DELETE('/ispyb/api/v1/admin/groups/{userGroupId}', { params: { path: { userGroupId } } })),
  addPerson: ({ userGroupId, personId }: { userGroupId: number; personId: number }) =>
    read(
      api.POST('/ispyb/api/v1/admin/groups/{userGroupId}/person', {
        params: { path: { userGroupId } },
        body: { personId },
      }),
    ),
  removePerson: (path: { userGroupId: number; personId: number }) =>
    read(api.DELETE('/ispyb/api/v1/admin/groups/{userGroupId}/person/{personId}', { params: { path } })),
  addPermission: ({ userGroupId, permissionId }: { userGroupId: number; permissionId: number }) =>
    read(
      api.POST('/ispyb/api/v1/admin/groups/{userGroupId}/permission', {
        params: { path: { userGroupId } },
        body: { permissionId },
      }),
    ),
  removePermission: (path: { userGroupId: number; permissionId: number }) =>
    read(api.DELETE('/ispyb/api/v1/admin/groups/{userGroupId}/permission/{permissionId}', { params: { path } })),
  createPermission: (body: { type: string; description: string | null }) =>
    read(api.POST('/ispyb/api/v1/admin/permissions', { body })),
  describePermission: ({ permissionId, description }: { permissionId: number; description: string | null }) =>
    read(
      api.PATCH('/ispyb/api/v1/admin/permissions/{permissionId}', {
        params: { path: { permissionId } },
        body: { description },
      }),
    ),
  makeKey: (body: NewApiKey) => read(api.POST('/ispyb/api/v1/admin/keys', { body })),
  revokeKey: (apiKeyId: number) =>
    read(api.DELETE('/ispyb/api/v1/admin/keys/{apiKeyId}', { params: { path: { apiKeyId } } })),
  options: (body: { motd?: string | null; contact?: string | null; helpUrl?: string | null }) =>
    read(api.PATCH('/ispyb/api/v1/options', { body })),
};
