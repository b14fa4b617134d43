import { ActionIcon, Modal } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPhoto } from '@tabler/icons-react';
import { useEffect } from 'react';
import classes from './Lightbox.module.css';
import { Picture } from './Picture';

export interface LightboxPicture {
  src: string;
  alt: string;
}

interface Props {
  pictures: LightboxPicture[];
  /** The picture shown; null = closed. */
  at: number | null;
  onMove: (at: number | null) => void;
  title: string;
}

/** Pictures at full size, one after the other with the arrow keys. */
export function Lightbox({ pictures, at, onMove, title }: Props) {
  const shown = at === null ? undefined : pictures[at];
  const many = pictures.length > 1;
  useEffect(() => {
    if (at === null || !many) return;
    function onKey(event: KeyboardEvent) {
      const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (step === 0 || at === null) return;
      event.preventDefault();
      event.stopPropagation();
      onMove((at + step + pictures.length) % pictures.length);
    }
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [at, many, onMove, pictures.length]);
  return (
    <Modal
      opened={shown !== undefined}
      onClose={() => onMove(null)}
      title={shown ? `${title} · ${shown.alt}` : title}
      size="auto"
      centered
    >
      {shown && at !== null && (
        <div className={classes.stage}>
          <Picture src={shown.src} alt={shown.alt} fit="contain" className={classes.picture} />
          {many && (
            <div className={classes.moves}>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label="Previous picture"
                onClick={() => onMove((at - 1 + pictures.length) % pictures.length)}
              >
                <IconChevronLeft size={18} />
              </ActionIcon>
              <span>
                {at + 1} of {pictures.length}
              </span>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label="Next picture"
                onClick={() => onMove((at + 1) % pictures.length)}
              >
                <IconChevronRight size={18} />
              </ActionIcon>
            </div>
          )}
        </div>
      )}
    </Modal>
  );
}

/** Opens the pictures of a small card. */
export function LightboxButton({ count, onClick }: { count: number; onClick: () => void }) {
  const words = count === 1 ? 'Show the picture' : `Show the ${count} pictures`;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="md"
      className={classes.button}
      aria-label={words}
      title={words}
      onClick={onClick}
    >
      <IconPhoto size={16} stroke={1.7} />
    </ActionIcon>
  );
}
