import { IconInfoCircle } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import type { RankingRule } from '@/api/types';
import { RANKS } from '@/app/search';
import { Popup } from '@/shared/Popup';
import { rankWords } from '../ranking';
import classes from './HowRanked.module.css';
import { RuleWords } from './RuleWords';

/** The rule that ranked the results, in words, and others to rank them by. */
export function HowRanked({ rules }: { rules: RankingRule[] }) {
  const { rank } = useSearch({ strict: false });
  return (
    <Popup
      label="How the results are ranked"
      face={
        <>
          Best first <IconInfoCircle size={15} stroke={1.8} aria-hidden="true" />
        </>
      }
      faceClass={classes.face}
      align="end"
      testId="how-ranked"
    >
      <div className={classes.words}>
        <RuleWords rules={rules} />
        <h3>Compare first</h3>
        <ul>
          {RANKS.map((each, index) => (
            <li key={each}>
              <Link
                to="."
                search={(was: object) => ({ ...was, rank: index === 0 ? undefined : each })}
                activeOptions={{ explicitUndefined: true }}
                data-chosen={each === (rank ?? RANKS[0])}
                resetScroll={false}
                replace
              >
                {rankWords(each)}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Popup>
  );
}
