import { expect, it } from 'vitest';
import type { LoginWay } from '@/api/types';
import { waysOf } from './ways';

const plugins: LoginWay[] = [
  { name: 'local', label: 'ISPyB account', kind: 'password', config: {} },
  { name: 'site', label: 'Facility', kind: 'redirect', config: { start: '/ispyb/api/v1/auth/oidc/site/start' } },
  { name: 'keys', label: 'API key', kind: 'token', config: {} },
];

it('offers forms and providers, and nothing that is for programs', () => {
  const { passwords, providers } = waysOf(plugins, undefined);
  expect(passwords.map(({ name }) => name)).toEqual(['local']);
  expect(providers).toEqual([{ name: 'site', label: 'Facility', href: '/ispyb/api/v1/auth/oidc/site/start' }]);
});

it('tells the provider where to come back to', () => {
  const [site] = waysOf(plugins, '/sessions/12?kind=OSC').providers;
  expect(site?.href).toBe('/ispyb/api/v1/auth/oidc/site/start?next=%2Fsessions%2F12%3Fkind%3DOSC');
});
