import { Button, Group, Input, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { CollectionDetail, CollectionEvent, Recipe } from '@/api/types';
import { qualityQuery } from '@/features/collections/queries';
import { useKept } from '@/shared/kept';
import { ErrorState } from '@/shared/states/ErrorState';
import { Failure } from '@/shared/states/Failure';
import { newKey, refusalsFrom, refusalsOf, sweepsOf, toRequest, type Draft, type Refusals } from './draft';
import { OtherCollections } from './OtherCollections';
import { ParameterField } from './ParameterField';
import { useAsk } from './queries';
import { RangePlot } from './RangePlot';
import { imagesOf, type Range, type Sweep } from './ranges';
import classes from './Reprocess.module.css';
import { SweepRow } from './SweepRow';

interface Props {
  collection: CollectionDetail;
  recipes: Recipe[];
  /** The recipe in the address; the first one when that is not offered. */
  chosen: string;
  onChoose: (recipe: string) => void;
  onClose: () => void;
}

/** What is known of a collection whose images are asked for. */
interface Known {
  name: string;
  whole: Range | null;
  width: number | null;
}

/** What is kept of a request while its dialog is put away. */
export interface Written extends Draft {
  others: ReadonlyMap<number, Known>;
  /** The request that was sent last, and its key. */
  sent: { content: string; key: string } | null;
}

/** Asks for a data set to be processed once more: how, which images, with which parameters. */
export function ReprocessDialog({ collection, recipes, chosen, onChoose, onClose }: Props) {
  const { dataCollectionId } = collection;
  const own = known(collection, collection.BLSample?.name);
  const [kept, keep] = useKept<Written>(['reprocess', dataCollectionId]);
  const draft: Omit<Written, 'recipe'> = kept ?? {
    sweeps: [wholeSweep(1, dataCollectionId, own.whole)],
    values: {},
    name: '',
    comment: '',
    others: new Map<number, Known>(),
    sent: null,
  };
  const { others } = draft;
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<Refusals>({});
  const ask = useAsk();
  const recipe = recipes.find((each) => each.recipe === chosen) ?? recipes[0];
  if (!recipe) return null;

  const whole: Written = { ...draft, recipe: recipe.recipe };
  const sweeps = sweepsOf(whole, recipe, dataCollectionId);
  const wholes = new Map([
    [dataCollectionId, own.whole],
    ...[...others].map(([id, each]) => [id, each.whole] as const),
  ]);
  const found = refusalsOf(whole, recipe, sweeps, wholes);
  const refusals: Refusals = { ...refused, ...(tried ? found : {}) };

  function change(next: Partial<Written>, ...fields: string[]) {
    keep({ ...whole, ...next });
    setRefused((was) => Object.fromEntries(Object.entries(was).filter(([field]) => !fields.includes(field))));
  }
  function chooseRecipe(next: string) {
    if (kept) change({ recipe: next });
    onChoose(next);
  }
  function changeSweep(next: Sweep) {
    change({ sweeps: draft.sweeps.map((each) => (each.id === next.id ? next : each)) }, `sweep:${next.id}`, 'other');
  }
  function addSweeps(added: { dataCollectionId: number; whole: Range | null }[], known = others) {
    const last = Math.max(0, ...draft.sweeps.map(({ id }) => id));
    const made = added.map((each, index) => wholeSweep(last + 1 + index, each.dataCollectionId, each.whole));
    change({ sweeps: [...draft.sweeps, ...made], others: known }, 'other');
  }
  function addOthers(events: CollectionEvent[]) {
    const taken = new Set(draft.sweeps.map((sweep) => sweep.dataCollectionId));
    const added = events.filter(({ Item }) => !taken.has(Item.dataCollectionId));
    addSweeps(
      added.map(({ Item }) => ({ dataCollectionId: Item.dataCollectionId, whole: imagesOf(Item) })),
      new Map([...others, ...added.map((event) => [event.Item.dataCollectionId, nameOf(event)] as const)]),
    );
  }
  function end() {
    keep(null);
    onClose();
  }
  function submit(event: SubmitEvent) {
    event.preventDefault();
    setTried(true);
    if (!recipe || Object.keys(found).length > 0 || sweeps.length === 0 || ask.isPending) return;
    const body = toRequest(whole, recipe, sweeps);
    const content = JSON.stringify(body);
    // The same request keeps its key: sent twice, it is made once.
    const sent = whole.sent?.content === content ? whole.sent : { content, key: newKey() };
    change({ sent });
    setRefused({});
    ask.mutate(
      { body, key: sent.key },
      { onSuccess: end, onError: (error) => setRefused(refusalsFrom(error, body, sweeps)) },
    );
  }
  const atFields = Object.keys(refused).some((field) => field !== 'other');
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Reprocess ${own.name}`}
      size="lg"
      closeOnClickOutside={false}
      classNames={{ content: classes.dialog }}
    >
      <form className={classes.form} onSubmit={submit} data-testid="reprocess-form" noValidate data-own-keys>
        <RecipeChoice recipes={recipes} recipe={recipe} onChoose={chooseRecipe} />
        <Images
          collection={collection}
          own={own}
          others={others}
          sweeps={sweeps}
          refusals={{ ...found, ...refused }}
          onChange={changeSweep}
          onAdd={() => addSweeps([{ dataCollectionId, whole: own.whole }])}
          onRemove={(id) => change({ sweeps: draft.sweeps.filter((each) => each.id !== id) }, `sweep:${id}`)}
        />
        {recipe.severalCollections && (
          <Input.Wrapper label="Merge with other data sets" labelElement="div">
            <OtherCollections
              collection={collection}
              chosen={new Set(sweeps.map((sweep) => sweep.dataCollectionId))}
              onAdd={addOthers}
            />
          </Input.Wrapper>
        )}
        {(recipe.parameters ?? []).length > 0 && (
          <fieldset className={classes.parameters}>
            <legend>Parameters, where you do not want to leave them to the pipeline</legend>
            {(recipe.parameters ?? []).map((parameter) => {
              const key = parameter.parameterKey;
              return (
                <ParameterField
                  key={key}
                  parameter={parameter}
                  value={draft.values[key] ?? ''}
                  refusal={refusals[`value:${key}`]}
                  onChange={(value) => change({ values: { ...draft.values, [key]: value } }, `value:${key}`)}
                />
              );
            })}
          </fieldset>
        )}
        <TextInput
          label="Name"
          placeholder={recipe.title}
          maxLength={80}
          value={draft.name}
          error={refusals.name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value }, 'name')}
        />
        <Textarea
          label="Comment"
          description="Why, for those who look at the result later"
          maxLength={255}
          rows={2}
          value={draft.comment}
          error={refusals.comment}
          onChange={({ currentTarget }) => change({ comment: currentTarget.value }, 'comment')}
        />
        {tried && Object.keys(found).length > 0 && (
          <p className={classes.refusal} role="alert">
            Something above cannot be asked for yet: it says why.
          </p>
        )}
        <WhyNot error={ask.error} atFields={atFields} />
        <Group justify="flex-end" gap="xs" className={classes.actions}>
          <Button variant="default" onClick={end}>
            Cancel
          </Button>
          <Button type="submit" loading={ask.isPending}>
            Ask for it
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** What was refused as a whole; what is about a field stands there. */
function WhyNot({ error, atFields }: { error: Error | null; atFields: boolean }) {
  if (!error || atFields) return null;
  return isClosed(error) ? <ErrorState error={error} compact /> : <Failure error={error} />;
}

function isClosed(error: Error): boolean {
  return 'status' in error && (error.status === 403 || error.status === 404);
}

function known(
  collection: Pick<CollectionDetail, 'dataCollectionId' | 'imagePrefix' | 'axisRange' | 'startImageNumber'> & {
    numberOfImages?: number | null;
  },
  sample: string | null | undefined,
): Known {
  return {
    name: sample ?? collection.imagePrefix ?? `collection ${collection.dataCollectionId}`,
    whole: imagesOf(collection),
    width: collection.axisRange ?? null,
  };
}

/** Several sweeps of one sample are told apart by their number. */
function nameOf({ Item, blSample }: CollectionEvent): Known {
  const told = known(Item, blSample);
  return { ...told, name: Item.dataCollectionNumber ? `${told.name}, run ${Item.dataCollectionNumber}` : told.name };
}

function wholeSweep(id: number, dataCollectionId: number, whole: Range | null): Sweep {
  return { id, dataCollectionId, first: whole?.first ?? 1, last: whole?.last ?? '' };
}

function RecipeChoice({
  recipes,
  recipe,
  onChoose,
}: {
  recipes: Recipe[];
  recipe: Recipe;
  onChoose: (recipe: string) => void;
}) {
  return (
    <Select
      label="Pipeline"
      description={recipe.description || undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={recipes.map((each) => ({ value: each.recipe, label: each.title }))}
      value={recipe.recipe}
      onChange={(next) => next && onChoose(next)}
      allowDeselect={false}
      data-autofocus
    />
  );
}

interface ImagesProps {
  collection: CollectionDetail;
  own: Known;
  others: ReadonlyMap<number, Known>;
  sweeps: Sweep[];
  refusals: Refusals;
  onChange: (sweep: Sweep) => void;
  onAdd: () => void;
  onRemove: (id: number) => void;
}

function Images({ collection, own, others, sweeps, refusals, onChange, onAdd, onRemove }: ImagesProps) {
  const { dataCollectionId } = collection;
  const { data: quality } = useQuery(qualityQuery(dataCollectionId));
  const ours = sweeps.filter((sweep) => sweep.dataCollectionId === dataCollectionId);
  return (
    <Input.Wrapper
      label="Images"
      labelElement="div"
      description={own.whole ? 'Drag the handles, or type; a handle moves by the arrow keys too' : undefined}
      error={refusals.other}
    >
      {own.whole && <RangePlot whole={own.whole} quality={quality} sweeps={ours} onChange={onChange} />}
      {sweeps.map((sweep) => {
        const other = others.get(sweep.dataCollectionId);
        const { name, whole, width } = other ?? own;
        return (
          <SweepRow
            key={sweep.id}
            sweep={sweep}
            name={others.size > 0 || other ? name : undefined}
            whole={whole}
            width={width}
            refusal={refusals[`sweep:${sweep.id}`]}
            onChange={onChange}
            onRemove={sweeps.length > 1 ? () => onRemove(sweep.id) : undefined}
          />
        );
      })}
      <Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={13} />} onClick={onAdd}>
        One more range of images
      </Button>
    </Input.Wrapper>
  );
}
