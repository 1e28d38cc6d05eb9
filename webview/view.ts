import type { PanelCommand, PageMessage, Snapshot, Tab } from '../src/messages';
import type { PageState } from './state';

/** Of a page without anything to show: results of a workspace that is not trusted are not read. */
export const nothingYet = ({ trusted }: Pick<Snapshot, 'trusted'>): string =>
  trusted
    ? 'Nothing has been trained yet.'
    : 'Results are not read: this workspace is not trusted. Use “Workspaces: Manage Workspace Trust”.';

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
