import { useId, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import classes from './Popup.module.css';

interface Props {
  /** Name of the button for those who do not see it. */
  label: string;
  /** What the button shows. */
  face: ReactNode;
  faceClass?: string;
  align?: 'start' | 'end';
  testId?: string;
  /** Drawn while open only. */
  children: ReactNode;
}

/** A button with a panel of links or actions beside it, on the browser's own popover: closed by Esc, a choice, or a click beside it. */
export function Popup({ label, face, faceClass, align = 'start', testId, children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  function place() {
    const box = button.current?.getBoundingClientRect();
    if (!box || !panel.current) return;
    // Near the lower edge it opens upwards.
    const height = document.documentElement.clientHeight;
    const up = box.bottom > height * 0.75;
    panel.current.style.maxHeight = `min(640px, ${(up ? box.top : height - box.bottom) - 12}px)`;
    panel.current.style.top = up ? 'auto' : `${box.bottom + 4}px`;
    panel.current.style.bottom = up ? `${height - box.top + 4}px` : 'auto';
    if (align === 'end') panel.current.style.right = `${document.documentElement.clientWidth - box.right}px`;
    else panel.current.style.left = `${box.left}px`;
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !panel.current) return;
    event.preventDefault();
    const choices = [...panel.current.querySelectorAll<HTMLElement>('a, button')];
    const at = choices.findIndex((choice) => choice === document.activeElement);
    // Up from the button leads to the last choice.
    choices.at(Math.max(at + step, -1) % choices.length)?.focus();
  }
  function onClick({ target }: MouseEvent) {
    if (target instanceof Element && target.closest('a, button')) panel.current?.hidePopover();
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={faceClass ?? classes.face}
        popoverTarget={id}
        aria-label={label}
        aria-expanded={open}
        title={label}
        data-testid={testId}
        onClick={place}
        onKeyDown={open ? onKeyDown : undefined}
      >
        {face}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className={classes.panel}
        data-own-keys
        onToggle={(event) => setOpen(event.newState === 'open')}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        {open && children}
      </div>
    </>
  );
}
