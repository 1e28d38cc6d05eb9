import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { DataConfig } from '../config/data';
import { UserError } from '../config/errors';
import type { DataFacts } from '../config/facts';
import { isTable, pictureShape } from '../config/preprocessing';
import { inputText } from '../config/table';
import { checkSeveralClasses } from './checks';
import { readCsv } from './csv';
import type { DataSet, RawData } from './dataSet';
import { readDigits } from './digits/digits';
import { readBytes } from './files';
import { readIdx } from './idx';
import { inParts, type Inputs } from './inputs';
import { fillMissing } from './missing';
import { rangeRatio } from './normalization';
import { readNpy } from './npy';
import { labelledRows, splitRows } from './split';

/**
 * Reads a data set, whose inputs the caller must close. Paths in `config` are relative to `folder`: the folder of the
 * experiment file for a config as written, the root for the config in a run.json.
 * @throws UserError that names the file, the place, what was expected and what to do.
 */
export async function loadData(config: DataConfig, folder: string): Promise<DataSet> {
  const raw = await read(config, (path) => resolve(folder, path));
  try {
    checkSeveralClasses(raw.labels, raw.classes, nameOf(config));
    const count = raw.labels.length;
    const labelFile = config.labels?.file === undefined ? null : resolve(folder, config.labels.file);
    return {
      ...raw,
      inputs: withoutMissing(raw, config),
      pictureShape: pictureShape(config, raw.inputShape),
      count,
      hash: hashOf(raw),
      labelFile:
        labelFile === null
          ? null
          : parseRowNumbers((await readBytes(labelFile)).toString(), count, labelFile),
    };
  } catch (error) {
    raw.inputs.close();
    throw error;
  }
}

/** Reads the data and returns the facts that checks and plans need. @throws UserError, as loadData and splitRows do. */
export async function describeData(config: DataConfig, folder: string): Promise<DataFacts> {
  const data = await loadData(config, folder);
  try {
    return factsOf(data, config);
  } finally {
    data.inputs.close();
  }
}

function factsOf(data: DataSet, config: DataConfig): DataFacts {
  const { train, validation, test } = splitRows(data.labels, data.classes.length, config.split);
  // A lint reports a count that is too large, at its place in the file.
  const labelled = config.labels?.count ?? labelledRows(data, train, config.labels, 0).length;
  const perClass = data.classes.map(() => 0);
  for (const label of data.labels) perClass[label]!++;
  const trainPerClass = data.classes.map(() => 0);
  for (const row of train) trainPerClass[data.labels[row]!]!++;
  const ratio = isTable(config, data.inputShape) ? { rangeRatio: rangeRatio(data.inputs, train) } : {};
  return {
    ...ratio,
    hash: data.hash,
    inputShape: data.inputShape,
    classes: data.classes,
    count: data.count,
    perClass,
    trainPerClass,
    rounded: data.rounded,
    table: data.table,
    labelFileHash: data.labelFile === null ? null : sha256(bytesOf(data.labelFile)),
    counts: {
      train: train.length,
      labelled,
      validation: validation.length,
      test: test.length,
    },
  };
}

/** Replaces missing cells by the mean of the training part; the hash does not include this, so that it does not depend on the split. */
function withoutMissing({ inputs, labels, classes, table }: RawData, config: DataConfig): Inputs {
  if (table?.missing.rule !== 'mean' || table.missing.cells === 0) return inputs;
  const { train } = splitRows(labels, classes.length, config.split);
  return fillMissing(inputs, train, (input) => `${nameOf(config)}: column ${inputText(table, input)}`);
}

function read(config: DataConfig, absolute: (path: string) => string): RawData | Promise<RawData> {
  switch (config.source) {
    case 'digits':
      return readDigits(config.shape);
    case 'idx':
      return readIdx({ ...config, images: absolute(config.images), labelFile: absolute(config.labelFile) });
    case 'csv':
      return readCsv({ ...config, file: absolute(config.file) });
    case 'npy':
      return readNpy({ ...config, inputs: absolute(config.inputs), labelFile: absolute(config.labelFile) });
  }
}

function nameOf(config: DataConfig): string {
  if (config.source === 'digits') return 'digits';
  return config.source === 'csv' ? config.file : config.labelFile;
}

/** One row number per line; empty lines and lines that begin with # are ignored. */
function parseRowNumbers(text: string, count: number, file: string): Int32Array {
  const rows = new Set<number>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const word = line.trim();
    if (word === '' || word.startsWith('#')) continue;
    const row = Number(word);
    if (!/^\d+$/.test(word) || row >= count)
      throw new UserError(
        `${file}, line ${index + 1}: "${word.slice(0, 40)}" is not a row number of the data. Expected one number from 0 to ${count - 1} per line.`,
      );
    rows.add(row);
  }
  if (rows.size === 0)
    throw new UserError(
      `${file} contains no row numbers. Expected the row number of one labelled example per line.`,
    );
  return Int32Array.from(rows).sort();
}

// The hash is that of the content, so that the same examples in compressed or moved files are the same data.
function hashOf({ inputs, inputShape, labels, classes }: RawData): string {
  const hash = createHash('sha256').update(JSON.stringify([inputShape, labels.length, classes.length]));
  for (const { values } of inParts(inputs)) hash.update(bytesOf(values));
  return hash.update(bytesOf(labels)).digest('hex');
}

const bytesOf = (array: Float32Array | Int32Array) =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength);

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
