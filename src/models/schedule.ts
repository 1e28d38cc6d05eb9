import type { Schedule } from '../config/training';

/**
 * The learning rate at a step: linear warm-up from 0 to the peak at step `warmup`, then the schedule.
 *
 * @param step 0-based
 * @param totalSteps the budget
 */
export function learningRateAt(schedule: Schedule, peak: number, step: number, totalSteps: number): number {
  if (step < schedule.warmup) return (peak * (step + 1)) / (schedule.warmup + 1);
  switch (schedule.type) {
    case 'constant':
      return peak;
    case 'cosine': {
      const done = (step - schedule.warmup) / Math.max(1, totalSteps - schedule.warmup);
      return peak * (schedule.floor + (1 - schedule.floor) * 0.5 * (1 + Math.cos(Math.PI * done)));
    }
    case 'step':
      return peak * schedule.factor ** schedule.at.filter((share) => step >= share * totalSteps).length;
  }
}
