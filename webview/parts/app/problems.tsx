import type { Problem } from '../../../src/messages';
import type { View } from '../../view';
import { Button } from '../../toolkit';
import { Icon } from '../shared/icon';

const icons: Record<Problem['severity'], { icon: string; tone: string }> = {
  error: { icon: 'error', tone: 'bad' },
  warning: { icon: 'warning', tone: 'open' },
  info: { icon: 'info', tone: '' },
};

/** What went wrong, above everything, with what can be done about it. */
export const Problems = ({ view }: { view: View }) => (
  <>
    {view.calm.problems.map((problem) => (
      <section key={problem.text} class={`problem ${problem.severity}`} aria-label={problem.severity}>
        <Icon name={icons[problem.severity].icon} tone={icons[problem.severity].tone} />
        <div>
          <p>{problem.text}</p>
          {problem.details !== null && (
            <pre tabIndex={0} role="region" aria-label="Details">
              {problem.details}
            </pre>
          )}
        </div>
        <span class="actions">
          {problem.actions.map((action) => (
            <Button
              key={action.title}
              onClick={() => {
                view.command(action.command, action.run);
              }}
            >
              {action.title}
            </Button>
          ))}
        </span>
      </section>
    ))}
  </>
);
