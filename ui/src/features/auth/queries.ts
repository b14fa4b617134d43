import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import { setFacilityOffset } from '@/shared/format/times';

/** Who is logged in. */
export function userQuery() {
  return queryOptions({
    queryKey: ['user'],
    queryFn: () => read(api.GET('/ispyb/api/v1/user/current')),
    staleTime: Infinity,
  });
}

/** What the log-in page offers; public. */
export function authConfigQuery() {
  return queryOptions({
    queryKey: ['auth-config'],
    queryFn: () => read(api.GET('/ispyb/api/v1/auth/config')),
    staleTime: Infinity,
  });
}

/** The facility, its beamlines and the message of the day. */
export function uiOptionsQuery() {
  return queryOptions({
    queryKey: ['ui-options'],
    queryFn: async () => {
      const options = await read(api.GET('/ispyb/api/v1/options/ui'));
      setFacilityOffset(options.utcOffset);
      return options;
    },
    staleTime: 5 * 60_000,
  });
}

export interface Credentials {
  plugin: string;
  login: string;
  password: string;
}

export function useLogin() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) =>
      read(api.POST('/ispyb/api/v1/auth/login', { body: { ...credentials, cookies: true } })),
    onSuccess: () => queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'auth-config' }),
  });
}

export function useLogout() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => read(api.POST('/ispyb/api/v1/auth/logout')),
    onSuccess: () => queryClient.clear(),
  });
}
