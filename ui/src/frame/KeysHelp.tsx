import { Kbd, Modal } from '@mantine/core';
import classes from './KeysHelp.module.css';

const GROUPS: { name: string; keys: [string[], string][] }[] = [
  {
    name: 'Everywhere',
    keys: [
      [['/'], 'Search on this page'],
      [['Ctrl', 'K'], 'Search proposals, sessions and samples'],
      [['['], 'Fold or unfold the rail'],
      [['?'], 'Show these keys'],
    ],
  },
  {
    name: 'Collections of a session',
    keys: [
      [['↓', 'j'], 'Next card'],
      [['↑', 'k'], 'Previous card'],
      [['Enter'], 'Open the card'],
      [['Esc'], 'Close the open collection'],
      [['c'], 'Open the card to comment on it'],
      [['f'], 'Mark the card as a favourite, or no longer'],
      [['n'], 'Show the new collections'],
    ],
  },
  {
    name: 'One collection',
    keys: [
      [['j', 'k'], 'Next older or newer collection of the session'],
      [['←', '→'], 'The same; on a page of its own, through its group first'],
      [['c'], 'Comment on the collection'],
      [['f'], 'Mark it as a favourite, or no longer'],
      [['← ↑ → ↓'], 'Move the crosshair, when the grid has the focus'],
      [['←', '→'], 'Other images, when the diffraction image has the focus'],
      [['+', '−', '0'], 'Zoom there, or see the whole image'],
      [['+', '−'], 'Contour level, when the density has the focus'],
      [['Space'], 'Next residue there'],
      [['← ↑ → ↓', '+', '−'], 'Turn and zoom, when the model has the focus'],
    ],
  },
];

/** The keys that work, and where. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Keys" size="md">
      {GROUPS.map((group) => (
        <section key={group.name} className={classes.group}>
          <h3>{group.name}</h3>
          <dl>
            {group.keys.map(([keys, meaning]) => (
              <div key={meaning}>
                <dt>
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
