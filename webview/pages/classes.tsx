import type { View } from '../view';

export function Classes({ view }: { view: View }) {
  return <p class="empty">{view.calm.experiment}</p>;
}
