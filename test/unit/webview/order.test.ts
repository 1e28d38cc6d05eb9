import { expect, test } from 'vitest';
import { inOrder } from '../../../webview/host';
import { finished, folderOf, running } from '../../fixtures/snapshots';

const older = { ...running(), answers: 4, selected: folderOf('kd', 1), shown: folderOf('kd', 1) };

test('the first snapshot and one that answers the newest request are taken whole', () => {
  expect(inOrder(null, older, 5)).toBe(older);
  expect(inOrder(finished(), older, 4)).toBe(older);
});

test('of an older answer only what does not depend on the choice is taken', () => {
  const now = { ...finished(), answers: 5, selected: folderOf('kd', 3), shown: folderOf('kd', 3) };
  const taken = inOrder(now, older, 5);
  expect([taken.selected, taken.shown]).toEqual([now.selected, now.shown]);
  expect(taken.curves).toBe(now.curves);
  expect(taken.details).toBe(now.details);
  expect([taken.state, taken.progress, taken.summary]).toEqual([older.state, older.progress, older.summary]);
});
