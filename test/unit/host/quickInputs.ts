/** Quick inputs that a test answers: each one that is shown is noted, then treated as `answer` says. */

export interface Shown {
  title: string;
  items: string[];
  active: string | undefined;
  /** The check marks of a list of several. */
  picked: string[];
  value: string;
  hasBack: boolean;
  details: string[];
}
export type Reply = 'enter' | 'back' | 'escape' | { pick: string } | { type: string };

type Listener = (argument?: unknown) => void;

export class FakeInput {
  title = '';
  placeholder = '';
  prompt = '';
  validationMessage = '';
  value = '';
  buttons: unknown[] = [];
  items: { label: string; value: unknown; detail?: string }[] = [];
  selectedItems: { label: string; value: unknown }[] = [];
  activeItems: { label: string; value: unknown }[] = [];
  ignoreFocusOut = false;
  canSelectMany = false;
  private readonly listeners: Record<string, Listener> = {};

  constructor(
    private readonly back: unknown,
    private readonly answer: (shown: Shown) => Reply,
  ) {}

  onDidAccept = (listener: Listener) => (this.listeners['accept'] = listener);
  onDidHide = (listener: Listener) => (this.listeners['hide'] = listener);
  onDidTriggerButton = (listener: Listener) => (this.listeners['button'] = listener);
  onDidChangeValue = (listener: Listener) => (this.listeners['value'] = listener);

  show(): void {
    const active = this.activeItems[0] ?? this.items[0];
    const reply = this.answer({
      title: this.title,
      items: this.items.map(({ label }) => label),
      active: active?.label,
      picked: this.selectedItems.map(({ label }) => label),
      value: this.value,
      hasBack: this.buttons.length > 0,
      details: this.items.map(({ detail = '' }) => detail),
    });
    if (reply === 'back') return this.listeners['button']?.(this.back);
    if (reply === 'escape') return this.listeners['hide']?.();
    if (reply !== 'enter' && 'type' in reply) {
      this.value = reply.type;
      this.listeners['value']?.(reply.type);
      // Still there, and shown again after the check has spoken.
      setTimeout(() => this.show(), 5);
      return;
    }
    const chosen = reply === 'enter' ? active : this.items.find(({ label }) => label === reply.pick);
    this.activeItems = chosen ? [chosen] : [];
    this.listeners['accept']?.();
  }

  dispose = () => undefined;
}
