import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { StateMark } from '../states/StateMark';
import classes from './Opened.module.css';

interface Props {
  /** What it is, in the words of the label: `Run of autoPROC`. */
  what: string;
  title: string;
  state: Parameters<typeof StateMark>[0]['state'];
  facts: ReactNode;
  /** The address's search without it. */
  closed: (was: object) => object;
  testId: string;
  children: ReactNode;
}

/** Something in full within the page that lists it: what a program made, opened beneath its line. */
export function Opened({ what, title, state, facts, closed, testId, children }: Props) {
  const navigate = useNavigate();
  return (
    <section className={classes.view} aria-label={what} data-testid={testId}>
      <header className={classes.head}>
        <h3>{title}</h3>
        <StateMark state={state} words />
        <ActionIcon
          className={classes.close}
          variant="subtle"
          color="gray"
          aria-label={`Close the ${what.charAt(0).toLowerCase()}${what.slice(1)}`}
          onClick={() => void navigate({ to: '.', search: closed, replace: true, resetScroll: false })}
        >
          <IconX size={16} stroke={1.8} />
        </ActionIcon>
        <p className={classes.facts}>{facts}</p>
      </header>
      {children}
    </section>
  );
}

/** A part of it with a heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={classes.section}>
      <h4>{title}</h4>
      {children}
    </div>
  );
}

interface Call {
  processingCommandLine: string | null;
  processingEnvironment: string | null;
}

/** How a program was called, and where. */
export function HowItRan({ run: { processingCommandLine, processingEnvironment } }: { run: Call }) {
  if (!processingCommandLine && !processingEnvironment) return null;
  return (
    <Section title="How it ran">
      {processingCommandLine && <code className={classes.command}>{processingCommandLine}</code>}
      {processingEnvironment && <p className={classes.environment}>{processingEnvironment}</p>}
    </Section>
  );
}
