import { Button, Group, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { statusOf } from '@/api/problem';
import type { CollectionDetail } from '@/api/types';
import { Failure } from '@/shared/states/Failure';
import { showSaid } from '../favourite/said';
import { collectionQuery } from '../queries';
import { remarkQuery, saveRemark } from './remarkWriting';
import classes from './Remark.module.css';

/** Letters that fit into the database. */
const MOST = 1024;

/** A field for what people say of a collection. What was typed stays when it could not be saved; nobody's is lost. */
export function Remark({ collection, onClose }: { collection: CollectionDetail; onClose: () => void }) {
  const [begun] = useState(collection.comments ?? null);
  const [text, setText] = useState(begun ?? '');
  const { data: now } = useQuery(remarkQuery(collection.dataCollectionId));
  const { mutate, isPending, error } = useSave(collection);
  const save = () => mutate(text.trim() || null, { onSuccess: onClose });
  function onKey(event: KeyboardEvent) {
    if (event.key === 'Escape') onClose();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
  }
  return (
    <form
      className={classes.remark}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Textarea
        aria-label="Comment on the collection"
        placeholder="What the numbers do not say"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKey}
        maxLength={MOST}
        minRows={2}
        autosize
        autoFocus
      />
      {error && statusOf(error) !== 412 && <Failure error={error}>What you wrote is still here.</Failure>}
      {now && now.comments !== begun && (
        <p className={classes.meanwhile} role="status">
          {now.comments === null ? (
            'The comment was taken away meanwhile.'
          ) : (
            <>
              Somebody wrote meanwhile: <q>{now.comments}</q>
            </>
          )}
          <br />
          Nothing of yours is saved yet. Save puts it in its place.
        </p>
      )}
      <Group gap="xs" justify="flex-end">
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" size="compact-sm" loading={isPending} title="Ctrl Enter">
          Save
        </Button>
      </Group>
    </form>
  );
}

/** Saves the remark, and shows it wherever the collection is shown. */
function useSave({ dataCollectionId, dataCollectionGroupId }: CollectionDetail) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (comments: string | null) => {
      const { tag } = await queryClient.query({ ...remarkQuery(dataCollectionId), staleTime: 'static' });
      return saveRemark(dataCollectionId, comments, tag);
    },
    onError: (error) => {
      if (statusOf(error) === 412)
        void queryClient.refetchQueries({ queryKey: remarkQuery(dataCollectionId).queryKey });
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(collectionQuery(dataCollectionId).queryKey, saved);
      showSaid(queryClient, dataCollectionId, { comments: saved.comments ?? null });
      void queryClient.invalidateQueries({ queryKey: ['events', 'head'] });
      void queryClient.invalidateQueries({ queryKey: ['events', 'group', dataCollectionGroupId] });
    },
  });
}
