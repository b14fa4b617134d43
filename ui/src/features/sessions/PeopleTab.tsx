import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { People } from './People';
import { peopleQuery } from './queries';

const route = getRouteApi('/in/sessions/$sessionId/people');

export function PeopleTab() {
  const { sessionId } = route.useParams();
  return <People query={useQuery(peopleQuery({ sessionId }))} />;
}
