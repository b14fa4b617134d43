import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ProcessingRequest } from '@/api/types';
import { plural } from '@/shared/format/numbers';
import { dayClock } from '@/shared/format/times';
import { Failure } from '@/shared/states/Failure';
import { StateMark } from '@/shared/states/StateMark';
import { recipesQuery, requestsQuery, useCallOff } from './queries';
import classes from './Requests.module.css';
import { imagesWords, nameOf, parameterWords, shownFirst } from './requests';
import { useMayAsk } from './useMayAsk';

/** Over requests that are over, these are shown at once. */
const AT_ONCE = 2;

/** What was asked to be processed once more, and what became of it; nothing where nobody asked. */
export function Requests({ dataCollectionId }: { dataCollectionId: number }) {
  const { data: requests } = useQuery(requestsQuery(dataCollectionId));
  const mayAsk = useMayAsk(dataCollectionId);
  const [all, setAll] = useState(false);
  if (!requests || requests.length === 0) return null;
  const shown = all ? requests : shownFirst(requests, AT_ONCE);
  return (
    <section className={classes.requests} aria-label="Requests for reprocessing" data-testid="requests">
      <h3>Asked for</h3>
      <ul aria-live="polite">
        {shown.map((request) => (
          <Request key={request.processingJobId} request={request} mayCallOff={mayAsk} />
        ))}
      </ul>
      {requests.length > shown.length && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(true)}>
          All {requests.length} requests
        </Button>
      )}
    </section>
  );
}

function Request({ request, mayCallOff }: { request: ProcessingRequest; mayCallOff: boolean }) {
  const { data: recipes } = useQuery(recipesQuery());
  const callOff = useCallOff();
  const recipe = recipes?.find((each) => each.recipe === request.recipe);
  const run = request.runs.at(-1);
  const name = nameOf(request, recipe);
  const collections = new Set(request.sweeps.map((sweep) => sweep.dataCollectionId)).size;
  return (
    <li className={classes.request} data-testid="request" data-state={request.state}>
      <div className={classes.head}>
        <StateMark state={request.state} words />
        {run ? (
          <Link
            to="."
            search={(was) => ({ ...was, run: run.autoProcProgramId, scaling: undefined, file: undefined })}
            resetScroll={false}
            replace
            title="Open its run"
          >
            {name}
          </Link>
        ) : (
          <b>{name}</b>
        )}
        {request.state === 'waiting' && mayCallOff && (
          <Button
            variant="default"
            size="compact-xs"
            loading={callOff.isPending}
            onClick={() => callOff.mutate(request.processingJobId)}
            aria-label={`Call off ${name}`}
          >
            Call off
          </Button>
        )}
      </div>
      <p className={classes.about}>
        {recipe && recipe.title !== name && <span>{recipe.title}</span>}
        {collections > 1 && <span>{plural(collections, 'collection')}</span>}
        <span>{imagesWords(request.sweeps)}</span>
        {parameterWords(request.parameters, recipe).map((words) => (
          <span key={words}>{words}</span>
        ))}
        <span>
          {request.requestedBy ? `asked by ${request.requestedBy}` : 'asked'}
          {request.recordTimestamp && ` · ${dayClock(request.recordTimestamp)}`}
        </span>
      </p>
      {request.comments && <p className={classes.comment}>“{request.comments}”</p>}
      {request.state === 'failed' && run?.processingMessage && (
        <p className={classes.failed}>{run.processingMessage}</p>
      )}
      {request.state === 'expired' && <p className={classes.about}>No pipeline took it up within three days.</p>}
      {callOff.error && <Failure error={callOff.error} />}
    </li>
  );
}
