import { beforeEach, expect, it, vi } from 'vitest';
import type { WebviewPanel } from 'vscode';
import type { HostMessage, RunDetails, Snapshot } from '../../../src/messages';
import type { Store } from '../../../src/host/store/store';
import { experimentView, runView } from './views';
import { eventually } from '../eventually';

const waiting = vi.hoisted(() => new Map<string, (value: RunDetails | null) => void>());

vi.mock('vscode', async (original) => ({
  ...(await original<object>()),
  Uri: {
    joinPath: () => ({ toString: () => 'x' }),
    file: (path: string) => ({ toString: () => `file://${path}` }),
  },
  workspace: { isTrusted: true, onDidChangeConfiguration: () => ({ dispose: () => undefined }) },
}));
vi.mock('../../../src/host/settings', () => ({ settings: () => ({ smoothing: 0.9, stopGrace: 10 }) }));
/** A reading that ends when the test says so. */
vi.mock('../../../src/host/panel/details', () => ({
  readDetails: (_view: unknown, run: { id: string }) => new Promise((done) => waiting.set(run.id, done)),
}));
vi.mock('../../../src/host/panel/others', () => ({ otherArms: () => [] }));

const { ExperimentPanel } = await import('../../../src/host/panel/experimentPanel');

const runs = [0, 1].map((seed) => runView({ seed, status: 'finished' }));
const ids = runs.map(({ id }) => id);
const detailsOf = (folder: string) => ({ folder }) as RunDetails;

let sent: Snapshot[];
let say: (message: unknown) => void;

beforeEach(() => {
  waiting.clear();
  sent = [];
  const panel = {
    visible: true,
    webview: {
      cspSource: '',
      asWebviewUri: (uri: unknown) => uri,
      onDidReceiveMessage: (receive: (message: unknown) => void) => {
        say = receive;
        return { dispose: () => undefined };
      },
      postMessage: (message: HostMessage) => {
        if (message.type === 'snapshot') sent.push(message.snapshot);
        return Promise.resolve(true);
      },
    },
    onDidChangeViewState: () => ({ dispose: () => undefined }),
  } as unknown as WebviewPanel;
  const view = experimentView(runs);
  const store = {
    get: () => view,
    experiments: [view],
    watch: () => undefined,
    follow: () => Promise.resolve(),
    onDidChange: () => ({ dispose: () => undefined }),
  } as unknown as Store;
  const log = { warn: (text: string) => expect.fail(text), error: (text: string) => expect.fail(text) };
  new ExperimentPanel(
    view.key,
    panel,
    store,
    log,
    { now: null },
    {} as never,
    { run: null, overlays: [] },
    [],
  );
  say({ type: 'ready', protocol: 1 });
});

const select = (request: number, run: string) => say({ type: 'select', request, run, overlays: [] });

it('an answer that was overtaken is dropped, and never posted after the newer one', async () => {
  select(1, ids[0]!);
  await eventually(() => expect(waiting.has(ids[0]!)).toBe(true));
  select(2, ids[1]!);
  await eventually(() => expect(waiting.has(ids[1]!)).toBe(true));
  waiting.get(ids[1]!)!(detailsOf(ids[1]!));
  await eventually(() => expect(sent).toHaveLength(1));
  waiting.get(ids[0]!)!(detailsOf(ids[0]!));
  await new Promise((done) => setTimeout(done, 50));
  expect(sent.map(({ answers, selected, details }) => [answers, selected, details?.folder])).toEqual([
    [2, ids[1], ids[1]],
  ]);
});

it('a slow answer is not begun again while it is being worked on', async () => {
  select(1, ids[0]!);
  await eventually(() => expect(waiting.has(ids[0]!)).toBe(true));
  const first = waiting.get(ids[0]!)!;
  say({ type: 'ready', protocol: 1 });
  await new Promise((done) => setTimeout(done, 250));
  expect(waiting.get(ids[0]!)).toBe(first);
  first(detailsOf(ids[0]!));
  await eventually(() => expect(sent.length).toBeGreaterThan(0));
});
