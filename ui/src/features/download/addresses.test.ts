import { expect, test } from 'vitest';
import { archiveAddress, bestOf, depositionAddress, MOST_RUNS, reportAddress, tableAddress } from './addresses';

test('an archive is of what the tab shows', () => {
  expect(archiveAddress({ sessionId: 3 }, 'log')).toBe(`/processings/download?sessionId=3&files=log`);
  const chosen = { sessionId: 3, pipeline: 'xia2 dials', rank: ['ccHalf:outerShell', 'resolution:overall'] };
  expect(archiveAddress(chosen, 'result')).toBe(
    `/processings/download?sessionId=3&pipeline=xia2+dials&rank=ccHalf%3AouterShell&rank=resolution%3Aoverall&files=result`,
  );
});

test('the best of some samples is named run by run, that of all or of very many is not', () => {
  const { of, isAll } = bestOf(3, 'autoPROC', [7, 9], 3);
  expect(isAll).toBe(false);
  expect(archiveAddress(of, 'result')).toBe(
    `/processings/download?sessionId=3&autoProcProgramId=7&autoProcProgramId=9&files=result`,
  );
  const every = { of: { sessionId: 3, pipeline: 'autoPROC' }, isAll: true };
  expect(bestOf(3, 'autoPROC', [7, 8, 9], 3)).toEqual(every);
  const runs = Array.from({ length: MOST_RUNS + 1 }, (_, index) => 10_000_000 + index);
  expect(bestOf(3, 'autoPROC', runs, 400)).toEqual(every);
  const most = bestOf(3, undefined, runs.slice(1), 400).of;
  expect(tableAddress(most, 'best', 'xlsx').length).toBeLessThan(8000);
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
