import { type RestoredState, type Tab, tabs } from '../src/messages';
import { type Measure, measureNames } from './models/measures';
import { gains, type Gain } from '../src/results/laboratory/cells';

/** State that survives hiding, reloading and new data. The data belong to the host. */
export interface PageState extends RestoredState {
  tab: Tab;
  weighting: 'raw' | 'weighted';
  lossScale: 'log' | 'linear';
  /** 0–0.99; null: as the setting says. */
  smoothing: number | null;
  xUnit: 'step' | 'epoch' | 'time';
  /** The step at which the cursor is kept. */
  cursor: number | null;
  /** Ranges of y by chart. */
  zoom: Record<string, [number, number]>;
  /** Charts shown as tables. */
  tables: string[];
  /** null: the temperature of the run. */
  temperature: number | null;
  probabilityScale: 'linear' | 'log';
  /** Row of the example in the data set. */
  example: number | null;
  /** Measure of the sweep's results. */
  gain: Gain;
  /** In a sweep: the drawn setting of the parameters other than T, and the parameter of the table's rows; null: the recommended, the first. */
  setting: string | null;
  rows: string | null;
  /** Compare: what is drawn and sorted, and which arms. */
  measure: Measure;
  armFilter: { role: 'all' | 'listed' | 'cells'; text: string };
  armOrder: { column: string; ascending: boolean };
  sizeAxis: 'parameters' | 'bytes' | 'latency';
  /** Path of the swept parameter against which the measure is drawn; null: the first. */
  sweptParameter: string | null;
  /** Classes: whose confusion; the bias that is tried, null: the fitted one. */
  confusionOf: 'difference' | 'distilled' | 'scratch' | 'teacher';
  bias: number | null;
}

export const initialState: PageState = {
  file: '',
  run: null,
  overlays: [],
  compared: [],
  tab: 'overview',
  weighting: 'raw',
  lossScale: 'log',
  smoothing: null,
  xUnit: 'step',
  cursor: null,
  zoom: {},
  tables: [],
  temperature: null,
  probabilityScale: 'linear',
  example: null,
  gain: 'accuracy',
  setting: null,
  rows: null,
  measure: 'accuracy',
  armFilter: { role: 'all', text: '' },
  armOrder: { column: 'measure', ascending: false },
  sizeAxis: 'parameters',
  sweptParameter: null,
  confusionOf: 'difference',
  bias: null,
};

type Checks = { [Key in keyof PageState]: (value: unknown) => value is PageState[Key] };

const isText = (value: unknown): value is string => typeof value === 'string';
const isFinite = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
const orNull =
  <Value>(check: (value: unknown) => value is Value) =>
  (value: unknown): value is Value | null =>
    value === null || check(value);
const within =
  (low: number, high: number) =>
  (value: unknown): value is number =>
    isFinite(value) && value >= low && value <= high;
const oneOf =
  <Value extends string>(...values: readonly Value[]) =>
  (value: unknown): value is Value =>
    values.some((v) => v === value);
const isRange = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(isFinite) && Number(value[0]) < Number(value[1]);
const isZoom = (value: unknown): value is PageState['zoom'] =>
  typeof value === 'object' && value !== null && Object.values(value).every(isRange);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isRole = oneOf('all', 'listed', 'cells');
const isArmFilter = (value: unknown): value is PageState['armFilter'] =>
  isObject(value) && isRole(value['role']) && isText(value['text']);
const isArmOrder = (value: unknown): value is PageState['armOrder'] =>
  isObject(value) && isText(value['column']) && typeof value['ascending'] === 'boolean';

const checks: Checks = {
  file: isText,
  run: orNull(isText),
  overlays: isTexts,
  compared: isTexts,
  tab: oneOf(...tabs),
  weighting: oneOf('raw', 'weighted'),
  lossScale: oneOf('log', 'linear'),
  smoothing: orNull(within(0, 0.99)),
  xUnit: oneOf('step', 'epoch', 'time'),
  cursor: orNull(isFinite),
  zoom: isZoom,
  tables: isTexts,
  temperature: orNull(within(0.5, 100)),
  probabilityScale: oneOf('linear', 'log'),
  example: orNull(isFinite),
  gain: oneOf(...gains),
  setting: orNull(isText),
  rows: orNull(isText),
  measure: oneOf(...measureNames),
  armFilter: isArmFilter,
  armOrder: isArmOrder,
  sizeAxis: oneOf('parameters', 'bytes', 'latency'),
  sweptParameter: orNull(isText),
  confusionOf: oneOf('difference', 'distilled', 'scratch', 'teacher'),
  bias: orNull(isFinite),
};

/** The saved state, each value checked: invalid values of an older or newer page are dropped. */
export function restoreState(remembered: unknown): PageState {
  if (typeof remembered !== 'object' || remembered === null) return initialState;
  const known = Object.entries(remembered).filter(
    ([key, value]) => Object.hasOwn(checks, key) && checks[key as keyof PageState](value),
  );
  return { ...initialState, ...Object.fromEntries(known) };
}
