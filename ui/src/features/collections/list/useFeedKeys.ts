import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { leaveCollection } from '@/app/search';
import type { RefObject } from 'react';
import type { CollectionEvent, Event } from '@/api/types';
import { useKeys } from '@/shared/keys/useKeys';
import { findLargestView } from '../grid/largest';
import { isOpened, type Opened } from '../opened';
import type { FeedVirtualizer } from './EventFeed';

interface Feed {
  rows: Event[];
  feed: RefObject<FeedVirtualizer | null>;
  sessionId: number;
  opened: Opened | undefined;
  /** Whether new rows wait to be shown. */
  waiting: boolean;
  onShowNew: () => void;
}

/** Walking through the cards with the keys, and opening and closing the collection beside them. */
export function useFeedKeys({ rows, feed, sessionId, opened, waiting, onShowNew }: Feed) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();

  /** Brings a card into view, as soon as the list has taken its new width. */
  function scrollTo(index: number) {
    requestAnimationFrame(() => feed.current?.scrollToIndex(index, { align: 'auto' }));
  }
  function jumpTo(index: number) {
    scrollTo(index);
    // The card may have to be drawn first.
    let frames = 0;
    const focus = () => {
      const card = document.querySelector<HTMLElement>(`[data-index="${index}"] [data-card]`);
      if (card) card.focus({ preventScroll: true });
      else if (frames++ < 30) requestAnimationFrame(focus);
    };
    requestAnimationFrame(focus);
  }
  async function show(row: CollectionEvent, comment?: true) {
    const { dataCollectionId } = await findLargestView(queryClient, row);
    await navigate({
      to: '/sessions/$sessionId/collections/$dataCollectionId',
      params: { sessionId, dataCollectionId },
      search: (was: object) => ({ ...leaveCollection(was), comment }),
      replace: opened !== undefined,
      resetScroll: false,
    });
  }
  function close() {
    void navigate({
      to: '/sessions/$sessionId',
      params: { sessionId },
      search: leaveCollection,
      resetScroll: false,
    });
  }
  /** Opens the next collection down (1) or up (-1) the list. */
  function open(step: 1 | -1) {
    const at = rows.findIndex((row) => isOpened(row, opened));
    // Where it stands is not known before it has come.
    if (at < 0 && opened?.dataCollectionGroupId === undefined) return;
    for (let index = at + step; index >= 0 && index < rows.length; index += step) {
      const row = rows[index];
      if (row?.type !== 'dc') continue;
      void show(row);
      // The focus goes along, unless it is at work in the open collection.
      if (focusedIndex() !== null) jumpTo(index);
      return;
    }
  }
  function walk(step: 1 | -1) {
    if (opened !== undefined) {
      open(step);
      return;
    }
    const at = focusedIndex();
    const first = feed.current?.getVirtualItems().find((item) => item.end > window.scrollY)?.index ?? 0;
    jumpTo(at === null ? first : Math.min(rows.length - 1, Math.max(0, at + step)));
  }
  function enter(event: KeyboardEvent) {
    if (event.target instanceof HTMLElement && event.target.closest('a, button')) {
      event.target.click();
      return;
    }
    const row = rows[focusedIndex() ?? -1];
    if (row?.type === 'dc') void show(row);
    // Other cards have no page of their own, but pictures.
    else document.activeElement?.querySelector<HTMLElement>('button')?.click();
  }

  /** Opens the card that has the focus with the field for a comment. */
  function comment() {
    const row = rows[focusedIndex() ?? -1];
    if (row?.type === 'dc') void show(row, true);
  }

  useKeys({ ArrowDown: () => walk(1), j: () => walk(1), ArrowUp: () => walk(-1), k: () => walk(-1) });
  useKeys({ Enter: enter, c: comment, f: markFocused }, opened === undefined);
  useKeys({ Escape: close, ArrowRight: () => open(1), ArrowLeft: () => open(-1) }, opened !== undefined);
  useKeys({ n: onShowNew }, waiting);

  return { open, close, scrollTo, jumpTo };
}

/** As a click on its star: the card knows what it has. */
function markFocused() {
  document.activeElement?.closest('[data-card]')?.querySelector<HTMLElement>('[data-favourite]')?.click();
}

function focusedIndex(): number | null {
  const row = document.activeElement?.closest('[data-index]');
  return row instanceof HTMLElement ? Number(row.dataset.index) : null;
}
