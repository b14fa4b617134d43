import { IconBraces, IconChevronDown, IconChevronUp, IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { API } from '@/api/client';
import type { Workflow, WorkflowStep } from '@/api/types';
import { significant } from '@/shared/format/numbers';
import { clockSeconds } from '@/shared/format/times';
import { Reader } from '@/shared/opened/reader/Reader';
import { useOpenFile } from '@/shared/opened/reader/useOpenFile';
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
      <ReadFile steps={workflow.steps} />
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
    comments,
    maxDozorScore,
    recordTimeStamp,
    _metadata: { state, files },
  } = step;
  const name = nameOf(step);
  const [openId, toggle] = useOpenFile();
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
      {READ.some(({ file }) => files[file]) && (
        <p className={classes.files}>
          {READ.map(({ file, words, Icon }) => {
            const id = idOf(step, file);
            const Chevron = openId === id ? IconChevronUp : IconChevronDown;
            return (
              files[file] && (
                <button
                  key={file}
                  type="button"
                  className="as-link"
                  aria-expanded={openId === id}
                  onClick={() => toggle(id)}
                >
                  <Icon size={14} stroke={1.7} aria-hidden="true" /> {words}
                  <span className="visually-hidden"> of {name}</span>
                  <Chevron size={13} stroke={1.7} aria-hidden="true" />
                </button>
              )
            );
          })}
        </p>
      )}
    </li>
  );
}

const READ = [
  { file: 'html', kind: 'report', words: 'Report', Icon: IconFileText },
  { file: 'json', kind: 'text', words: 'JSON', Icon: IconBraces },
] as const;

/** The report or the result of a step that is read: below all steps, which are too narrow for it. */
function ReadFile({ steps }: { steps: WorkflowStep[] }) {
  const [openId] = useOpenFile();
  const each = steps.flatMap((step) => READ.map(({ file, kind, words }) => ({ step, file, kind, words })));
  const open = each.find(({ step, file }) => step._metadata.files[file] && idOf(step, file) === openId);
  if (!open) return null;
  const { step, file, kind, words } = open;
  const name = `${words} of ${nameOf(step)}`;
  return (
    <div className={classes.read}>
      <h3>{name}</h3>
      <Reader key={openId} name={name} kind={kind} address={fileOf(step, file)} />
    </div>
  );
}

function nameOf({ workflowStepType, workflowStepId }: WorkflowStep): string {
  return workflowStepType ?? `Step ${workflowStepId}`;
}

function idOf({ workflowStepId }: WorkflowStep, file: string): string {
  return `step-${workflowStepId}-${file}`;
}

function fileOf({ workflowStepId }: WorkflowStep, kind: 'image' | 'html' | 'json'): string {
  return `${API}/datacollections/workflows/steps/${workflowStepId}?attachmentType=${kind}`;
}
