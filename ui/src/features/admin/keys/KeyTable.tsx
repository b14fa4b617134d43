import { Button } from '@mantine/core';
import type { ApiKey } from '@/api/types';
import { nameOf } from '@/shared/format/names';
import { ago, day, dayClock, wall, wallNow } from '@/shared/format/times';
import table from '@/shared/Table.module.css';
import classes from './Keys.module.css';
import { meaningsOf } from './scopes';

interface Props {
  keys: ApiKey[];
  onRevoke: (key: ApiKey) => void;
}

export function KeyTable({ keys, onRevoke }: Props) {
  const now = wallNow();
  return (
    <div className={table.frame}>
      <table className={table.table} data-stacks>
        <thead>
          <tr>
            <th>Key</th>
            <th>State</th>
            <th>May</th>
            <th>Beamlines</th>
            <th>Last used</th>
            <th>Expires</th>
            <th>Made</th>
            <th>
              <span className="visually-hidden">Revoke</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.apiKeyId} data-testid="key-row">
              <th scope="row">{key.name}</th>
              <td>
                <KeyStateMark apiKey={key} />
              </td>
              <td className={classes.many} data-label="May" title={meaningsOf(key.scopes)}>
                {key.scopes.join(', ')}
              </td>
              <td className={classes.many} data-label="Beamlines">
                {key.beamLines.join(', ') || '–'}
              </td>
              <td data-label="Last used" title={key.lastUsedAt ? dayClock(key.lastUsedAt) : undefined}>
                {key.lastUsedAt ? ago(wall(key.lastUsedAt), now) : <span className={table.dim}>never</span>}
              </td>
              <td data-label="Expires">
                {key.expiresAt ? day(key.expiresAt) : <span className={table.dim}>never</span>}
              </td>
              <td data-label="Made">
                {day(key.createdAt)}{' '}
                <span className={table.dim}>{key.Person ? nameOf(key.Person) : 'command line'}</span>
              </td>
              <td className={table.number}>
                {key._metadata.state !== 'revoked' && (
                  <Button variant="default" size="xs" onClick={() => onRevoke(key)} aria-label={`Revoke ${key.name}`}>
                    Revoke
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const WORDS = { good: 'Working', expired: 'Expired', revoked: 'Revoked' };
const SHAPES = { good: '●', expired: '○', revoked: '✕' };

/** Told by shape and by colour. */
function KeyStateMark({ apiKey }: { apiKey: ApiKey }) {
  const { state } = apiKey._metadata;
  return (
    <span
      className={classes.state}
      data-state={state}
      title={apiKey.revokedAt ? `Revoked ${dayClock(apiKey.revokedAt)}` : undefined}
    >
      <span aria-hidden="true">{SHAPES[state]}</span> {WORDS[state]}
    </span>
  );
}
