import type { RunFile } from '../runs/files';
import { pickExamples } from './examples';
import type { Examples } from './examples';
import { openData } from './openData';

/** The sealed part. Only `evaluate.ts` may import this (a test looks). */
export async function loadTestData(run: RunFile, root: string): Promise<Examples> {
  const { data, parts } = await openData(run, root);
  return pickExamples(data, parts.test);
}
