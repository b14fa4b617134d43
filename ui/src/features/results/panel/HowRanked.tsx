import { IconInfoCircle } from '@tabler/icons-react';
import type { RankingRule } from '@/api/types';
import { Popup } from '@/shared/Popup';
import { ruleWords, stepWords } from '../ranking';
import classes from './HowRanked.module.css';

/** The rule that ranked the results, in words. */
export function HowRanked({ rules }: { rules: RankingRule[] }) {
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
        <p>The best result has the</p>
        <ol>
          {rules.map((rule) => (
            <li key={`${rule.metric}:${rule.shell}`}>
              {ruleWords(rule)} <span>equal within {stepWords(rule)}</span>
            </li>
          ))}
        </ol>
        <p>Each line decides among results that are equal by those above it.</p>
      </div>
    </Popup>
  );
}
