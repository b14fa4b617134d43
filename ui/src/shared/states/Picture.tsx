import { IconPhotoOff } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { renewedByProbe } from '@/api/transport';
import classes from './Picture.module.css';

interface Props {
  src: string;
  alt: string;
  /** False when the service said that there is none: it is then not asked for. */
  known?: boolean;
  /** Said in place of a picture that is not there. */
  missing?: ReactNode;
  fit?: 'cover' | 'contain';
  className?: string;
  /** It is there and drawn. */
  onLoad?: () => void;
}

type Stage = 'loading' | 'renewed' | 'shown' | 'missing';

/** A picture of the service: keeps its place while loading, renews an ended log-in once, and says when there is none. */
export function Picture(props: Props) {
  return <OnePicture key={props.src} {...props} />;
}

function OnePicture({ src, alt, known = true, missing, fit = 'cover', className, onLoad }: Props) {
  const [stage, setStage] = useState<Stage>('loading');
  async function retry() {
    // An <img> cannot say why it failed: a 401 looks like a missing file, so the log-in is renewed before giving up.
    const renewed = stage === 'loading' && (await renewedByProbe());
    setStage(renewed ? 'renewed' : 'missing');
  }
  return (
    <span className={`${classes.frame} ${className ?? ''}`} data-stage={known ? stage : 'missing'}>
      {stage === 'missing' || !known ? (
        <span className={classes.missing}>
          <IconPhotoOff size={18} stroke={1.5} aria-hidden="true" />
          <span>{missing ?? 'no picture'}</span>
        </span>
      ) : (
        <img
          src={stage === 'renewed' ? `${src}${src.includes('?') ? '&' : '?'}again=1` : src}
          alt={alt}
          loading="lazy"
          decoding="async"
          style={{ objectFit: fit }}
          onLoad={() => {
            setStage('shown');
            onLoad?.();
          }}
          onError={() => void retry()}
        />
      )}
    </span>
  );
}
