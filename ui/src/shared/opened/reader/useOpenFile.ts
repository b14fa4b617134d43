import { useNavigate, useSearch } from '@tanstack/react-router';

/** The file that is read, as the address says, and what opens or closes one. */
export function useOpenFile(): [string | undefined, (id: string) => void] {
  const { file: open } = useSearch({ strict: false });
  const navigate = useNavigate();
  return [open, toggle];

  function toggle(id: string) {
    void navigate({
      to: '.',
      search: (was: object) => ({ ...was, file: open === id ? undefined : id }),
      replace: true,
      resetScroll: false,
    });
  }
}
