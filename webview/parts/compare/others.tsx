import type { View } from '../../view';
import { Icon, IconButton } from '../shared/icon';

/** Arms of other experiments: a chip each, and why some are not comparable. */
export function Others({ view }: { view: View }) {
  const { others } = view.calm;
  if (others.length === 0) return null;
  const ids = others.map(({ id }) => id);
  const reasons = [...new Set(others.flatMap((other) => other.reasons))];
  const notes = [...new Set(others.flatMap((other) => other.notes))];
  return (
    <div class="others">
      <p>
        {others.map((other) => {
          const title = `${other.arms.at(-1)?.title ?? other.id}, ${other.experiment}`;
          return (
            <span key={other.id} class="chip">
              {other.reasons.length > 0 && <Icon name="warning" tone="open" />} {title}
              <IconButton
                icon="close"
                label={`Remove ${title}`}
                onClick={() => {
                  view.post({ type: 'compare', arms: ids.filter((id) => id !== other.id) });
                }}
              />
            </span>
          );
        })}
      </p>
      {reasons.map((text) => (
        <p key={text} role="alert">
          <Icon name="warning" tone="open" /> Not in the table: {text}
        </p>
      ))}
      {notes.map((text) => (
        <p key={text} class="notes">
          <Icon name="info" /> {text}
        </p>
      ))}
    </div>
  );
}
