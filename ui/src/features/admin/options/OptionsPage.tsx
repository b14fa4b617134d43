import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { Options } from '@/api/types';
import { Motd } from '@/shared/Motd';
import { ErrorState } from '@/shared/states/ErrorState';
import { Failure } from '@/shared/states/Failure';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import { change, optionsQuery, useAdminChange } from '../queries';
import classes from './OptionsPage.module.css';
import { changed, type OptionTexts } from './changed';

/** What may change while ISPyB runs. */
export function OptionsPage() {
  const { data: options, error, refetch } = useQuery(optionsQuery());
  if (error && !options) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!options) return <PageSkeleton />;
  return (
    <>
      <title>Options · ISPyB</title>
      <OptionsForm options={options} />
    </>
  );
}

function OptionsForm({ options }: { options: Options }) {
  const [texts, setTexts] = useState<OptionTexts>(options);
  const save = useAdminChange(change.options);
  const sent = changed(options, texts);
  const write = (part: Partial<OptionTexts>) => {
    save.reset();
    setTexts((was) => ({ ...was, ...part }));
  };
  const back = (name: keyof OptionTexts) =>
    save.mutate({ [name]: null }, { onSuccess: (now) => setTexts((was) => ({ ...was, [name]: now[name] })) });
  const from = (name: keyof OptionTexts) => (
    <From name={name} stored={options._metadata.stored.includes(name)} onBack={() => back(name)} />
  );
  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (sent) save.mutate(sent, { onSuccess: setTexts });
  }
  return (
    <form className={classes.form} onSubmit={submit} aria-label="Options">
      <div>
        <Textarea
          label="Message of the day"
          description="On the first page of everybody; empty for none"
          value={texts.motd}
          onChange={(event) => write({ motd: event.currentTarget.value })}
          maxLength={2000}
          autosize
          minRows={2}
        />
        {from('motd')}
      </div>
      <section aria-label="Preview">
        <p className={classes.preview}>As everybody will see it</p>
        {texts.motd.trim() === '' ? <p className={classes.none}>No message.</p> : <Motd text={texts.motd} />}
      </section>
      <div>
        <TextInput
          label="Whom to ask"
          description="For help and for access; shown where somebody lacks a right"
          value={texts.contact}
          onChange={(event) => write({ contact: event.currentTarget.value })}
          maxLength={200}
        />
        {from('contact')}
      </div>
      <div>
        <TextInput
          label="The facility’s own help pages"
          description="A web address; linked from the user menu"
          type="url"
          value={texts.helpUrl}
          onChange={(event) => write({ helpUrl: event.currentTarget.value })}
          maxLength={500}
        />
        {from('helpUrl')}
      </div>
      {save.error && <Failure error={save.error} />}
      <Group gap="sm">
        <Button type="submit" loading={save.isPending} disabled={sent === null}>
          Save
        </Button>
        <span role="status" className={classes.said}>
          {save.isSuccess && sent === null ? 'Saved. Everybody sees it within seconds.' : ''}
        </span>
      </Group>
    </form>
  );
}

/** Whether an option is as the settings have it, and the way back to that. */
function From({ name, stored, onBack }: { name: string; stored: boolean; onBack: () => void }) {
  return (
    <p className={classes.from}>
      {stored ? 'Changed here.' : 'As the settings of this ISPyB have it.'}
      {stored && (
        <button type="button" className="as-link" onClick={onBack} aria-label={`Go back to the settings for ${name}`}>
          Go back to the settings
        </button>
      )}
    </p>
  );
}
