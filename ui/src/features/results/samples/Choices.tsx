import { Select } from '@mantine/core';
import type { Run, Sample } from '@/api/types';
import type { BySampleSearch } from '@/app/search';
import { ALL_MEASURES, measureLabel, measureOf, shellOf } from '../measures';
import { SHELL_WORDS } from '../ranking';
import { SHELLS } from '../run/shellRows';
import classes from './BySampleTab.module.css';
import { pipelinesOf } from './standing';

interface Props {
  search: BySampleSearch;
  samples: Sample[];
  runs: Run[];
  onChoose: (change: BySampleSearch) => void;
}

const BEST = 'best of all';
const NOTHING = 'nothing';
const ALL = 'all proteins';

/** What is shown of the samples: which measure in which shell, of which pipeline, beside which other one. */
export function Choices({ search, samples, runs, onChoose }: Props) {
  const { metric, pipeline, against, protein } = search;
  const measure = measureOf(metric);
  const pipelines = pipelinesOf(runs);
  const proteins = proteinsOf(samples);
  // A range is one of values of a measure: with another one it means nothing.
  const anew = { range: undefined, other: undefined };
  return (
    <>
      <Choice
        label="Measure"
        data={ALL_MEASURES.map((each) => ({ value: each.key, label: measureLabel(each) }))}
        value={measure.key}
        onChange={(key) => onChoose({ metric: ALL_MEASURES.find((each) => each.key === key)?.key, ...anew })}
      />
      <Choice
        label="Shell"
        data={SHELLS.map((each) => ({ value: each, label: SHELL_WORDS[each] }))}
        value={shellOf(measure, search.shell)}
        disabled={measure.whole}
        onChange={(key) => onChoose({ shell: SHELLS.find((each) => each === key), ...anew })}
      />
      <Choice
        label="Pipeline"
        data={[BEST, ...pipelines]}
        value={pipeline ?? BEST}
        onChange={(name) => onChoose({ pipeline: name === BEST ? undefined : name, ...anew })}
      />
      <Choice
        label="Compared with"
        data={[NOTHING, ...pipelines.filter((name) => name !== pipeline)]}
        value={against ?? NOTHING}
        onChange={(name) => onChoose({ against: name === NOTHING ? undefined : name, ...anew })}
      />
      {proteins.length > 1 && (
        <Choice
          label="Protein"
          data={[ALL, ...proteins.map(({ id, name }) => ({ value: String(id), label: name }))]}
          value={protein ? String(protein) : ALL}
          onChange={(id) => onChoose({ protein: id === ALL ? undefined : Number(id) })}
        />
      )}
    </>
  );
}

/** The proteins of the samples, by name. */
function proteinsOf(samples: Sample[]): { id: number; name: string }[] {
  const found = new Map<number, string>();
  for (const { Crystal } of samples) {
    const { proteinId, acronym, name } = Crystal.Protein;
    if (proteinId) found.set(proteinId, acronym ?? name ?? String(proteinId));
  }
  return [...found].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

interface ChoiceProps {
  label: string;
  data: (string | { value: string; label: string })[];
  value: string;
  disabled?: boolean | undefined;
  onChange: (value: string) => void;
}

function Choice({ label, data, value, disabled = false, onChange }: ChoiceProps) {
  return (
    <Select
      label={label}
      size="xs"
      data={data}
      value={value}
      disabled={disabled}
      onChange={(next) => next && onChange(next)}
      allowDeselect={false}
      className={classes.choice}
    />
  );
}
