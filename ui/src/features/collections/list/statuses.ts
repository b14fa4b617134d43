import type { Status } from '@/app/search';

export const STATUSES: { value: Status; label: string }[] = [
  { value: 'running', label: 'Running' },
  { value: 'success', label: 'Done' },
  { value: 'failed', label: 'Failed' },
  { value: 'stopped', label: 'Stopped' },
];
