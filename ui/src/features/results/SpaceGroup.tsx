import { spaced } from '@/features/strategy/spaceGroups';
import { symbolParts } from './crystal';
import classes from './SpaceGroup.module.css';

/** A space group as it is printed, however it was told, with its screw axes below the line. */
export function SpaceGroup({ symbol: told }: { symbol: string }) {
  const symbol = spaced(told);
  return (
    <span className={classes.symbol}>
      <span className="visually-hidden">{symbol}</span>
      <span aria-hidden="true">
        {symbolParts(symbol).map(({ text, sub }, index) => (
          <span key={index}>
            {index === 0 ? <i>{text}</i> : ` ${text}`}
            {sub && <sub>{sub}</sub>}
          </span>
        ))}
      </span>
    </span>
  );
}
