import { expect, it } from 'vitest';
import { meaningsOf, needsBeamline, offeredScopes } from './scopes';

it('offers staff of a beamline everything that belongs to beamlines', () => {
  const offered = offeredScopes(false).map(({ scope }) => scope);
  expect(offered).toContain('acquisition:write');
  expect(offered).not.toContain('portal:sync');
  expect(offeredScopes(true).map(({ scope }) => scope)).toContain('portal:sync');
});

it('asks for a beamline unless the key only brings what the portal has', () => {
  expect(needsBeamline(['read'])).toBe(true);
  expect(needsBeamline(['portal:sync', 'read'])).toBe(true);
  expect(needsBeamline(['portal:sync'])).toBe(false);
});

it('says what scopes let a key do, and names those it does not know', () => {
  expect(meaningsOf(['processing:write', 'brand:new'])).toBe('Register results of processing\nbrand:new');
});
