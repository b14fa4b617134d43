import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { Page, Protein, Sample, Share } from '@/api/types';

/** The shares that hold and that concern the viewer, newest first. */
export function sharesQuery(of: { proposal?: string; blSampleId?: number }) {
  return infiniteQueryOptions({
    queryKey: ['shares', of],
    queryFn: ({ pageParam, signal }) =>
      read<Page<Share>>(
        api.GET('/ispyb/api/v1/shares', {
          params: { query: { ...of, limit: 50, after: pageParam ?? undefined } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** The proteins of a proposal that the viewer sees, for the choice of one. */
export function proteinsQuery(proposal: string) {
  return queryOptions({
    queryKey: ['proteins', proposal],
    queryFn: ({ signal }) =>
      read<Page<Protein>>(api.GET('/ispyb/api/v1/proteins', { params: { query: { proposal, limit: 500 } }, signal })),
  });
}

/** The samples that a share shows, of those the viewer sees. */
export function sharedSamplesQuery({ blSampleId, proteinId }: Pick<Share, 'blSampleId' | 'proteinId'>) {
  return queryOptions({
    queryKey: ['samples', 'shared', blSampleId, proteinId],
    queryFn: async ({ signal }): Promise<Sample[]> => {
      if (blSampleId !== null) {
        return [
          await read<Sample>(
            api.GET('/ispyb/api/v1/samples/{blSampleId}', { params: { path: { blSampleId } }, signal }),
          ),
        ];
      }
      const query = { proteinId: proteinId ?? undefined, limit: 100 };
      return (await read<Page<Sample>>(api.GET('/ispyb/api/v1/samples', { params: { query }, signal }))).results;
    },
  });
}

export type WhatToShare = { blSampleId: number } | { proteinId: number };
export type WithWhom = { personId: number } | { laboratoryId: number } | { login: string };

/** Does one thing about sharing; who sees what is then asked again wherever it is shown. */
export function useSharing<Sent, Answer>(act: (sent: Sent) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () =>
      queryClient.invalidateQueries({
        predicate: ({ queryKey: [first] }) => ['shares', 'access', 'proposal', 'samples'].includes(String(first)),
      }),
  });
}

export const sharing = {
  share: (body: WhatToShare & WithWhom) => read(api.POST('/ispyb/api/v1/shares', { body })),
  takeBack: (shareId: number) => read(api.DELETE('/ispyb/api/v1/shares/{shareId}', { params: { path: { shareId } } })),
  mark: ({ proposal, bag }: { proposal: string; bag: boolean }) =>
    read(api.PATCH('/ispyb/api/v1/proposals/{proposal}/sharing', { params: { path: { proposal } }, body: { bag } })),
};
