import type { Snapshot } from '../../src/messages';
import { Bias } from '../parts/classes/bias';
import { ChangedPairs } from '../parts/classes/changedPairs';
import { Confusion } from '../parts/classes/confusion';
import { Disagreements } from '../parts/classes/disagreements';
import { perClassPicture } from '../parts/classes/perClassPicture';
import { reliabilityPicture } from '../parts/classes/reliabilityPicture';
import { PictureFrame } from '../picture/frame';
import { Legend } from '../picture/plane';
import type { View } from '../view';

/** Where did it help or hurt? */
export function Classes({ view }: { view: View }) {
  const { calm } = view;
  const { classes, summary, experiment } = calm;
  if (!classes || !summary) return <p class="empty">{emptySentence(calm)}</p>;
  const names = summary.classes;
  const kinds = (['scratch', 'distilled', 'teacher'] as const).filter((kind) => classes.reliability[kind]);
  return (
    <>
      <p class="caption about">
        {classes.title}, {classes.reliability.scratch ? 'beside its scratch' : 'no scratch to compare with'}
        {classes.part === 'validation' && ' · the test set is sealed: everything here is on validation'}
      </p>
      <div class="charts classes">
        {classes.confusion ? (
          <Confusion view={view} classes={classes} names={names} />
        ) : (
          <ChangedPairs experiment={experiment} classes={classes} names={names} />
        )}
        <PictureFrame
          picture={perClassPicture(experiment, classes, names)}
          after={<Legend kinds={kinds} />}
        />
        <PictureFrame picture={reliabilityPicture(experiment, classes)} after={<Legend kinds={kinds} />} />
      </div>
      <div class={`charts ${classes.bias ? 'two' : ''}`}>
        {classes.bias && <Bias view={view} classes={classes} correction={classes.bias} names={names} />}
        {classes.disagreements && <Disagreements experiment={experiment} classes={classes} names={names} />}
      </div>
    </>
  );
}

function emptySentence({ summary }: Snapshot): string {
  const finished = summary?.arms.some((arm) => arm.seeds.some(({ status }) => status === 'finished'));
  return finished
    ? 'Reading the saved predictions…'
    : 'No predictions yet: a run saves them when it finishes.';
}
