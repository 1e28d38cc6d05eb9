import { type HostMessage, PROTOCOL, type PanelMessage } from '../src/messages';
import type { PageState } from './state';

/** What VS Code gives a webview. */
interface VsCodeApi {
  postMessage(message: PanelMessage): void;
  getState(): unknown;
  setState(state: PageState): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The door to the host: it can be opened once in the life of a page. */
export function connect(receive: (message: HostMessage) => void) {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<HostMessage>) => {
    receive(event.data);
  });
  return {
    remembered: api.getState(),
    remember: (state: PageState) => {
      api.setState(state);
    },
    post: (message: PanelMessage) => {
      api.postMessage(message);
    },
    ready: () => {
      api.postMessage({ type: 'ready', protocol: PROTOCOL });
    },
  };
}

export type Host = ReturnType<typeof connect>;
