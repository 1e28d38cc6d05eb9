import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Throttle } from '../../../src/host/panel/throttle';

describe('posts to a page', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('number at most ten a second under ten thousand requests, and the last state arrives', () => {
    let state = 0;
    const posted: number[] = [];
    const times: number[] = [];
    const throttle = new Throttle(() => {
      posted.push(state);
      times.push(Date.now());
    }, 100);
    for (let millisecond = 0; millisecond < 1000; millisecond++) {
      for (let i = 0; i < 10; i++) {
        state++;
        throttle.request();
      }
      vi.advanceTimersByTime(1);
    }
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? NaN));
    expect(gaps.every((gap) => gap >= 100)).toBe(true);
    expect(posted.length).toBeGreaterThanOrEqual(9);
    vi.advanceTimersByTime(100);
    expect(posted.at(-1)).toBe(10_000);
  });

  it('stop while the page is hidden, and one comes when it is seen again', () => {
    const post = vi.fn();
    const throttle = new Throttle(post, 100);
    throttle.paused = true;
    for (let i = 0; i < 50; i++) throttle.request();
    vi.advanceTimersByTime(5000);
    expect(post).not.toHaveBeenCalled();
    throttle.paused = false;
    vi.advanceTimersByTime(1000);
    expect(post).toHaveBeenCalledTimes(1);
  });

  it('are none where nothing was asked for while hidden', () => {
    const post = vi.fn();
    const throttle = new Throttle(post, 100);
    throttle.paused = true;
    throttle.paused = false;
    vi.advanceTimersByTime(1000);
    expect(post).not.toHaveBeenCalled();
  });

  it('end with dispose', () => {
    const post = vi.fn();
    const throttle = new Throttle(post, 100);
    throttle.request();
    throttle.dispose();
    throttle.request();
    vi.advanceTimersByTime(1000);
    expect(post).not.toHaveBeenCalled();
  });
});
