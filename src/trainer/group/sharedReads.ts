import type { DataSet } from '../../data/dataSet';
import { loadData } from '../../data/load';
import { openSoftTargets, type SoftTargets } from '../softTargets';
import type { RunContext } from '../runContext';

/** Reads shared by several runs: equal requests are read once and stay open until all runs are done. */
export function sharedReads(): Pick<RunContext, 'loadData' | 'openSoftTargets'> & { close(): void } {
  const data = new Map<string, Promise<DataSet>>();
  const softTargets = new Map<string, SoftTargets | null>();
  const closing: (() => void)[] = [];
  return {
    loadData: (...asked) =>
      once(data, asked, async () => {
        const read = await loadData(...asked);
        return { ...read, inputs: shared(read.inputs, closing) };
      }),
    openSoftTargets: (root, key, ofData, topK) =>
      once(softTargets, [root, key, topK], () => {
        const opened = openSoftTargets(root, key, ofData, topK);
        return opened && shared(opened, closing);
      }),
    close: () => closing.forEach((close) => close()),
  };
}

function once<T>(made: Map<string, T>, asked: unknown, make: () => T): T {
  const key = JSON.stringify(asked);
  const found = made.get(key);
  if (found !== undefined) return found;
  const value = make();
  made.set(key, value);
  return value;
}

/** `close` of one reader does nothing: the others may still read. */
function shared<T extends { close(): void }>(opened: T, closing: (() => void)[]): T {
  closing.push(() => opened.close());
  return { ...opened, close: () => undefined };
}
