import { IconBraces, IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { API } from '@/api/client';
import type { Workflow, WorkflowStep } from '@/api/types';
import { significant } from '@/shared/format/numbers';
import { clockSeconds } from '@/shared/format/times';
import { Lightbox } from '@/shared/states/Lightbox';
import { Picture } from '@/shared/states/Picture';
import { StateMark } from '@/shared/states/StateMark';
import { workflowsQuery } from './queries';
import classes from './WorkflowPanel.module.css';

/** The workflow that a group of collections was measured in, step by step; nothing where there is none. */
export function WorkflowPanel({ dataCollectionGroupId }: { dataCollectionGroupId: number }) {
  const { data } = useQuery(workflowsQuery(dataCollectionGroupId));
  return data?.map((workflow) => <OneWorkflow key={workflow.workflowId} workflow={workflow} />);
}

function OneWorkflow({ workflow }: { workflow: Workflow }) {
  const [picture, setPicture] = useState<number | null>(null);
  const pictured = workflow.steps.filter(({ _metadata: { files } }) => files.image);
  const { state } = workflow._metadata;
  const title = workflow.workflowTitle ?? workflow.workflowType ?? 'unnamed';
  return (
    <section className={classes.panel} aria-label={`Workflow ${title}`} data-testid="workflow">
      <header className={classes.head}>
        <h2>Workflow · {title}</h2>
        {state ? <StateMark state={state} words /> : <span>{workflow.status}</span>}
        {workflow.comments && <p>{workflow.comments}</p>}
      </header>
      <ol className={classes.steps}>
        {workflow.steps.map((step) => (
          <Step key={step.workflowStepId} step={step} onPicture={() => setPicture(pictured.indexOf(step))} />
        ))}
      </ol>
      <Lightbox
        title={title}
        pictures={pictured.map((step) => ({ src: fileOf(step, 'image'), alt: step.workflowStepType ?? 'step' }))}
        at={picture}
        onMove={setPicture}
      />
    </section>
  );
}

function Step({ step, onPicture }: { step: WorkflowStep; onPicture: () => void }) {
  const {
    workflowStepType: type,
    comments,
    maxDozorScore,
    recordTimeStamp,
    _metadata: { state, files },
  } = step;
  const name = type ?? `Step ${step.workflowStepId}`;
  return (
    <li className={classes.step}>
      <h3>
        {state ? <StateMark state={state} size={12} /> : null}
        {name}
      </h3>
      {files.image && (
        <button type="button" className={classes.picture} onClick={onPicture} aria-label={`Enlarge ${name}`}>
          <Picture src={`${fileOf(step, 'image')}&snapshot=true`} alt={name} fit="contain" missing="no picture" />
        </button>
      )}
      <p>{comments}</p>
      <p className={classes.small}>
        {recordTimeStamp && <time dateTime={recordTimeStamp}>{clockSeconds(recordTimeStamp)}</time>}
        {typeof maxDozorScore === 'number' && <span>best Dozor score {significant(maxDozorScore)}</span>}
        {!state && step.status && <span>{step.status}</span>}
      </p>
      {(files.html ?? files.json) && (
        <p className={classes.files}>
          {files.html && (
            <a href={fileOf(step, 'html')} target="_blank" rel="noreferrer">
              <IconFileText size={14} stroke={1.7} aria-hidden="true" /> Report
            </a>
          )}
          {files.json && (
            <a href={fileOf(step, 'json')} target="_blank" rel="noreferrer">
              <IconBraces size={14} stroke={1.7} aria-hidden="true" /> JSON
            </a>
          )}
        </p>
      )}
    </li>
  );
}

function fileOf({ workflowStepId }: WorkflowStep, kind: 'image' | 'html' | 'json'): string {
  return `${API}/datacollections/workflows/steps/${workflowStepId}?attachmentType=${kind}`;
}
