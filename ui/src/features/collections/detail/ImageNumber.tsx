import { NumberInput } from '@mantine/core';
import '@mantine/core/styles/NumberInput.css';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import classes from './Diffraction.module.css';

interface Props {
  image: number;
  first: number;
  last: number;
  onImage: (imageNumber: number) => void;
}

/** Time without a key after which a number counts as typed [ms]. */
const PAUSE = 350;

/** The number of the image shown, to be typed over; "150" does not load images 1 and 15 on the way. */
export function ImageNumber({ image, first, last, onImage }: Props) {
  const [typed, setTyped] = useState<number | string>(image);
  const [known, setKnown] = useState(image);
  const [sent, setSent] = useState(image);
  if (known !== image) {
    setKnown(image);
    if (image !== sent) setTyped(image);
  }
  const settle = useDebouncedCallback((value: number | string) => {
    if (typeof value !== 'number' || value < first || value > last) return;
    setSent(value);
    onImage(value);
  }, PAUSE);
  useEffect(() => settle.cancel, [settle]);
  return (
    <NumberInput
      aria-label="Image number"
      size="xs"
      className={classes.number}
      value={typed}
      min={first}
      max={last}
      allowDecimal={false}
      hideControls
      onChange={(value) => {
        setTyped(value);
        settle(value);
      }}
      onBlur={() => setTyped(image)}
    />
  );
}
