import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Person } from '@/api/types';
import { AccessPanel } from '@/features/access/AccessPanel';
import { ErrorState } from '@/shared/states/ErrorState';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import classes from './PeopleTab.module.css';
import { peopleQuery } from './queries';

const route = getRouteApi('/in/sessions/$sessionId/people');

/** Who takes part in a session, who else sees it, and why. */
export function PeopleTab() {
  const { sessionId } = route.useParams();
  const { data, error, refetch } = useQuery(peopleQuery({ sessionId }));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const parts = new Map(data.results.map((person) => [person.personId, partOf(person)]));
  return (
    <div className={classes.tab}>
      <AccessPanel of={{ kind: 'session', sessionId }} part={(personId) => parts.get(personId) ?? null} />
    </div>
  );
}

function partOf({ _metadata: { role, remote } }: Person): string {
  const words = [role, remote === null ? null : remote ? 'remotely' : 'on site'].filter(Boolean);
  return words.length > 0 ? words.join(', ') : 'on the session';
}
