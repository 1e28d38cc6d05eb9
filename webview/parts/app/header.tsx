import type { Snapshot } from '../../../src/messages';
import { announcement } from '../../live';
import { Button, Dropdown } from '../../toolkit';
import type { View } from '../../view';
import { Icon } from '../shared/icon';

const icons: Record<Snapshot['state'], { icon: string; tone: string }> = {
  empty: { icon: 'circle-large-outline', tone: '' },
  running: { icon: 'sync', tone: '' },
  stopping: { icon: 'sync', tone: '' },
  finished: { icon: 'pass', tone: 'good' },
  stopped: { icon: 'circle-slash', tone: '' },
  failed: { icon: 'error', tone: 'bad' },
  interrupted: { icon: 'debug-disconnect', tone: 'open' },
};

/** Which experiment, which run, in what state, and the one thing to do about it. */
export function Header({ view }: { view: View }) {
  const { calm } = view;
  const { icon, tone } = icons[calm.state];
  const busy = calm.state === 'running' || calm.state === 'stopping';
  return (
    <header>
      <h1>{calm.experiment}</h1>
      {calm.runs.length > 0 && (
        <Dropdown
          label="Run shown"
          class="runs"
          options={calm.runs.map((run) => ({
            value: run.id,
            title: run.status === 'finished' ? run.title : `${run.title} · ${run.status}`,
          }))}
          value={calm.shown}
          onChange={(run) => {
            view.change({ run });
          }}
        />
      )}
      <span class="state" data-state={calm.state}>
        <Icon name={icon} tone={tone} spin={busy} /> {calm.stateText}
      </span>
      <span class="unseen" role="status" aria-live="polite">
        {announcement(calm)}
      </span>
      <span class="actions">
        <Action view={view} />
      </span>
    </header>
  );
}

function Action({ view }: { view: View }) {
  const { calm, command } = view;
  if (calm.state === 'stopping')
    return (
      <Button icon="debug-stop" disabled onClick={() => undefined}>
        Stopping…
      </Button>
    );
  if (calm.state === 'running')
    return (
      <Button
        icon="debug-stop"
        onClick={() => {
          command('stop');
        }}
      >
        Stop
      </Button>
    );
  if (calm.state === 'stopped' || calm.state === 'interrupted')
    return (
      <Button
        icon="debug-continue"
        primary
        disabled={!calm.trusted}
        onClick={() => {
          command('resume');
        }}
      >
        Resume
      </Button>
    );
  const again = calm.state === 'finished' && calm.missingRuns === 0;
  return (
    <Button
      icon="play"
      disabled={!calm.trusted}
      onClick={() => {
        command('run');
      }}
    >
      {again
        ? 'Run again'
        : calm.missingRuns > 0 && calm.state === 'finished'
          ? `Run ${calm.missingRuns} new`
          : 'Run'}
    </Button>
  );
}
