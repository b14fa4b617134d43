import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/api/client';

/** Where the viewer is logged in. */
export function ownLoginsQuery() {
  return queryOptions({
    queryKey: ['own-logins'],
    queryFn: ({ signal }) => read(api.GET('/ispyb/api/v1/user/logins', { signal })),
  });
}

export function useEndLogin() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (loginId: number) =>
      read(api.DELETE('/ispyb/api/v1/user/logins/{loginId}', { params: { path: { loginId } } })),
    onSettled: () => queryClient.invalidateQueries(ownLoginsQuery()),
  });
}
