import type { RankingRule } from '@/api/types';
import { Dotted } from '../Measured';
import { ruleWords, stepWords } from '../ranking';
import classes from './HowRanked.module.css';

/** The rule that decides which result is the best, line by line. */
export function RuleWords({ rules }: { rules: RankingRule[] }) {
  return (
    <>
      <p>The best result has the</p>
      <ol className={classes.rules}>
        {rules.map((rule) => (
          <li key={`${rule.metric}:${rule.shell}`}>
            {ruleWords(rule)} <span>rounded to {stepWords(rule)}</span>
            {rule.metric === 'completeness' && (
              <span>
                of anisotropic data that in the ellipsoid, written <Dotted>99.6</Dotted>, where the pipeline told it
              </span>
            )}
          </li>
        ))}
      </ol>
      <p className={classes.after}>Each line decides among results that are equal, so rounded, by those above it.</p>
    </>
  );
}
