import { Button, Group, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { statusOf } from '@/api/problem';
import type { CollectionDetail } from '@/api/types';
import { Failure } from '@/shared/states/Failure';
import { showSaid } from '../favourite/said';
import { collectionQuery } from '../queries';
import { remarkQuery, saveRemark } from './remarkWriting';
import classes from './Remark.module.css';

/** Letters that fit into the database. */
const MOST = 1024;

/** A remark while it is written. */
export interface RemarkDraft {
  text: string;
  /** What was said when the writing began. */
  over: string | null;
}

interface Props {
  collection: CollectionDetail;
  draft: RemarkDraft | null;
  onDraft: (draft: RemarkDraft | null) => void;
  onClose: () => void;
}

/** A field for what people say of a collection. What was typed stays until it is saved or cancelled; nobody's is lost. */
export function Remark({ collection, draft, onDraft, onClose }: Props) {
  const [over] = useState(draft ? draft.over : (collection.comments ?? null));
  const text = draft?.text ?? over ?? '';
  const field = useRef<HTMLTextAreaElement>(null);
  // One goes on where it ends; the browser would begin before it.
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(MOST, MOST);
  }, []);
  const { data: now } = useQuery(remarkQuery(collection.dataCollectionId));
  const { mutate, isPending, error } = useSave(collection);
  function end() {
    onDraft(null);
    onClose();
  }
  const save = () => mutate(text.trim() || null, { onSuccess: end });
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
        ref={field}
        value={text}
        onChange={({ currentTarget: { value } }) => onDraft(value === (over ?? '') ? null : { text: value, over })}
        onKeyDown={onKey}
        maxLength={MOST}
        minRows={2}
        autosize
      />
      {error && statusOf(error) !== 412 && <Failure error={error}>What you wrote is still here.</Failure>}
      {now && now.comments !== over && (
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
        <Button variant="subtle" color="gray" size="compact-sm" onClick={end}>
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
