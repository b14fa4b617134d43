// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { draw } from '@/testing/render';
import { SearchField } from './SearchField';

const searched = vi.fn();

/** A page that keeps what is searched for, and can take it off. */
function Page() {
  const [value, setValue] = useState<string | undefined>('lyso');
  return (
    <>
      <SearchField
        label="Search"
        placeholder=""
        value={value}
        onChange={(text) => {
          searched(text);
          setValue(text);
        }}
      />
      <button onClick={() => setValue(undefined)}>Take it off</button>
    </>
  );
}

it('searches once when the typing pauses, and follows when the filter is taken off', async () => {
  draw(<Page />);
  const field = screen.getByLabelText<HTMLInputElement>('Search');
  expect(field.value).toBe('lyso');
  await userEvent.type(field, '-x7');
  expect(searched).not.toHaveBeenCalled();
  await waitFor(() => expect(searched).toHaveBeenCalledTimes(1));
  expect(searched).toHaveBeenCalledWith('lyso-x7');
  expect(field.value).toBe('lyso-x7');
  await userEvent.click(screen.getByText('Take it off'));
  expect(field.value).toBe('');
});
