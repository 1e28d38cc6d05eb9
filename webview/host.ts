import {
  type HostMessage,
  PROTOCOL,
  type PageMessage,
  type PanelMessage,
  type Snapshot,
  answered,
} from '../src/messages';
import type { PageState } from './state';

/** What VS Code gives a webview. */
interface VsCodeApi {
  postMessage(message: PanelMessage): void;
  getState(): unknown;
  setState(state: PageState): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The connection to the host; VS Code allows only one call per page. */
export function connect(receive: (message: HostMessage) => void) {
  const api = acquireVsCodeApi();
  let asked = 0;
  let taken: Snapshot | null = null;
  window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
    if (data.type === 'snapshot') taken = inOrder(taken, data.snapshot, asked);
    receive(data.type === 'snapshot' && taken ? { type: 'snapshot', snapshot: taken } : data);
  });
  return {
    remembered: api.getState(),
    remember: (state: PageState) => {
      api.setState(state);
    },
    post: (message: PageMessage) => {
      switch (message.type) {
        case 'select':
        case 'tab':
        case 'compare':
        case 'example':
          api.postMessage({ ...message, request: ++asked });
          return;
        default:
          api.postMessage(message);
      }
    },
    ready: () => {
      api.postMessage({ type: 'ready', protocol: PROTOCOL });
    },
  };
}

export type Host = ReturnType<typeof connect>;

/**
 * A snapshot whose parts that answer an older request than the page's newest are left as they were: what was chosen since
 * is not replaced by what was chosen before it.
 *
 * @param asked number of the newest request
 */
export function inOrder(before: Snapshot | null, now: Snapshot, asked: number): Snapshot {
  if (before === null || now.answers === asked) return now;
  const kept = Object.fromEntries(answered.map((key) => [key, before[key]])) as Pick<
    Snapshot,
    (typeof answered)[number]
  >;
  return { ...now, ...kept };
}
