import { l10n } from 'vscode';
import { bytes, plural } from '../../results/format';
import type { SetupPlan } from '../../runner/setup/stage';
import type { EngineState } from './nativeEngine';

export type OfferChoice = 'setUp' | 'remove' | 'cancel';

/** A message with choices; none if there is nothing to decide. */
export interface Offer {
  message: string;
  choices: { title: string; choice: OfferChoice }[];
}

/** The message for the current state: cost and folder before a set-up, otherwise what is installed and what can be done. */
export function offerFor(state: EngineState, way: SetupPlan, native: string): Offer {
  const again = { title: l10n.t('Set Up Again'), choice: 'setUp' as const };
  const remove = { title: l10n.t('Remove'), choice: 'remove' as const };
  switch (state.kind) {
    case 'absent':
      return {
        message: `${l10n.t('Set up Native TensorFlow? It trains wide networks several times faster than the portable engine.')} ${cost(way, native)}`,
        choices: [
          { title: l10n.t('Set Up'), choice: 'setUp' },
          { title: l10n.t('Cancel'), choice: 'cancel' },
        ],
      };
    case 'works':
      return {
        message: [works(state), ...(state.ours ? [outdated(state, way)] : [])].filter(Boolean).join(' '),
        choices: state.ours ? [remove, again] : [],
      };
    case 'broken':
      return state.ours
        ? {
            message: `${l10n.t('The native engine in {0} does not work: {1} Set it up again?', state.folder, state.reason)} ${cost(way, native)}`,
            choices: [again, remove],
          }
        : {
            message: l10n.t(
              'The native engine installed beside Distillery, in {0}, does not work: {1} Remove it first.',
              state.folder,
              state.reason,
            ),
            choices: [],
          };
  }
}

const works = ({ numerics, folder }: Extract<EngineState, { kind: 'works' }>) =>
  l10n.t(
    'The native engine is set up and works: TensorFlow.js {0}, {1}, in {2}.',
    numerics.version,
    plural(numerics.threads, 'thread'),
    folder,
  );

function cost(way: SetupPlan, native: string): string {
  const { downloadBytes, spaceBytes } = way;
  return l10n.t(
    'Downloads up to {0} and uses {1} on disk, in {2}, outside your projects.',
    bytes(downloadBytes),
    bytes(spaceBytes),
    native,
  );
}

/** Empty if a new set-up would give the same. */
function outdated({ madeFrom }: Extract<EngineState, { kind: 'works' }>, way: SetupPlan): string {
  if (madeFrom === null || way.madeFrom === madeFrom) return '';
  return l10n.t('It was built from {0}; this version of Distillery uses different versions.', madeFrom);
}
