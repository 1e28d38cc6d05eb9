import { describe, expect, it } from 'vitest';
import { armId, otherArms, settingOfView } from '../../../src/host/panel/others';
import type { ExperimentView } from '../../../src/host/store/views';
import { summarize } from '../../../src/results/summarize';
import { experiment } from '../results/experiment';
import { experimentView, runView } from './views';

const runs = [runView({ arm: 'scratch' }), runView(), runView({ seed: 1 })];
function viewOf(name: string, more: { hash?: string; labelled?: number } = {}): ExperimentView {
  const changed = runs.map((run) => {
    const { data } = run.spec!;
    const counts = { ...data.counts, labelled: more.labelled ?? 100 };
    const config = { ...data.config, split: { seed: 0, stratified: true } };
    return { ...run, spec: { ...run.spec!, data: { ...data, config, hash: more.hash ?? 'abc', counts } } };
  });
  return experimentView(changed, {
    key: `/w/${name}.distill.json`,
    name,
    summary: summarize(experiment({ experiment: name })),
  });
}

describe('arms of other experiments', () => {
  const own = viewOf('own');
  const same = viewOf('same');
  const elsewhere = viewOf('elsewhere', { hash: 'def' });
  const ids = [
    armId(same.key, 'kd-t4'),
    armId(elsewhere.key, 'kd-t4'),
    armId('/w/gone.distill.json', 'kd-t4'),
  ];

  it('come with their scratch and their comparison; what is gone is left out', () => {
    const found = otherArms(own, [own, same, elsewhere], ids);
    expect(found.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(found[0]).toMatchObject({ experiment: 'same', reasons: [], part: 'test' });
    expect(found[0]?.arms.map(({ slug }) => slug)).toEqual(['scratch', 'kd-t4']);
    expect(found[0]?.comparisons.map(({ arm }) => arm)).toEqual(['kd-t4']);
  });

  it('say why they do not compare', () => {
    const [, other] = otherArms(own, [own, same, elsewhere], ids);
    expect(other?.reasons).toEqual([expect.stringContaining('own and elsewhere have different data')]);
    expect(
      otherArms(own, [viewOf('few', { labelled: 50 })], [armId('/w/few.distill.json', 'kd-t4')])[0]?.reasons,
    ).toEqual([expect.stringContaining('100 and 50')]);
  });

  it('are none of the experiment itself', () => {
    expect(otherArms(own, [own], [armId(own.key, 'kd-t4')])).toEqual([]);
  });

  it('hang on the students’ budget, labels and seeds', () => {
    expect(settingOfView(own)).toMatchObject({
      experiment: 'own',
      dataHash: 'abc',
      labelled: [100],
      steps: [800],
      seeds: [0, 1],
    });
    expect(settingOfView(experimentView([]))).toBeNull();
  });
});
