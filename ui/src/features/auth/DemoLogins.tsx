import { IconArrowRight } from '@tabler/icons-react';
import classes from './DemoLogins.module.css';

interface Props {
  logins: { login: string; password: string; description: string }[];
  onChoose: (credentials: { login: string; password: string }) => void;
  pending: boolean;
}

/** The log-ins of the simulated facility: one click each. */
export function DemoLogins({ logins, onChoose, pending }: Props) {
  return (
    <section className={classes.demo} aria-label="Enter the simulated facility">
      <h2>A simulated facility: enter as</h2>
      <ul>
        {logins.map(({ login, password, description }) => (
          <li key={login}>
            <button
              type="button"
              disabled={pending}
              onClick={() => onChoose({ login, password })}
              data-testid="demo-login"
            >
              <span>
                <b>{login}</b>
                {description}
              </span>
              <IconArrowRight size={17} stroke={1.8} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
