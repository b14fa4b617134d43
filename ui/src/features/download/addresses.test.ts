import { expect, test } from 'vitest';
import { archiveAddress, depositionAddress, reportAddress, tableAddress } from './addresses';

test('an archive is of what the tab shows', () => {
  expect(archiveAddress({ sessionId: 3 }, 'log')).toBe(`/processings/download?sessionId=3&files=log`);
  const chosen = { sessionId: 3, pipeline: 'xia2 dials', rank: ['ccHalf:outerShell', 'resolution:overall'] };
  expect(archiveAddress(chosen, 'result')).toBe(
    `/processings/download?sessionId=3&pipeline=xia2+dials&rank=ccHalf%3AouterShell&rank=resolution%3Aoverall&files=result`,
  );
});

test('tables, reports and depositions have addresses of their own', () => {
  expect(tableAddress({ sessionId: 3 }, 'every', 'xlsx')).toBe(
    `/processings/table?sessionId=3&which=every&format=xlsx`,
  );
  expect(reportAddress({ sessionId: 3 })).toBe(`/sessions/3/report`);
  expect(reportAddress({ sessionId: 3, rank: ['rMeas:innerShell'] })).toBe(
    `/sessions/3/report?rank=rMeas%3AinnerShell`,
  );
  expect(depositionAddress(7, undefined)).toBe(`/processings/results/7/deposition`);
  expect(depositionAddress(7, 9)).toBe(`/processings/results/7/deposition?autoProcScalingId=9`);
});
