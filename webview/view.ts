import type { PanelCommand, PageMessage, Snapshot, Tab } from '../src/messages';
import type { PageState } from './state';

/** What a page of the panel gets. */
export interface View {
  /** Newest, for charts. */
  snapshot: Snapshot;
  /** At most twice a second, for everything that is read. */
  calm: Snapshot;
  state: PageState;
  change: (part: Partial<PageState>) => void;
  open: (tab: Tab) => void;
  command: (command: PanelCommand, run?: string | null, argument?: number | null) => void;
  post: (message: PageMessage) => void;
}
