import { describe, expect, it } from 'vitest';
import type { QueuedRecord } from '../../api/verification';
import { afterJudging, chosenOf, neighbour, withoutJudged } from './queue';

const item = (id: string, own = false) => ({ id, root_id: `root-${id}`, own }) as QueuedRecord;
const [a, b, c, d] = [item('a'), item('b', true), item('c'), item('d')];
const queue = [a, b, c, d];

describe('the queue', () => {
  it('opens the record that was asked for, by its version or its first', () => {
    expect(chosenOf(queue, 'c')).toBe(c);
    expect(chosenOf(queue, 'root-d')).toBe(d);
  });
  it('opens the first that is not one’s own', () => {
    expect(chosenOf([b, c], 'gone')).toBe(c);
    expect(chosenOf([b], undefined)).toBe(b);
    expect(chosenOf([], undefined)).toBeNull();
  });
  it('goes on to the next that may be judged, and back at the end', () => {
    expect(afterJudging(queue, a)).toBe(c);
    expect(afterJudging(queue, d)).toBe(c);
    expect(afterJudging([b], b)).toBeNull();
  });
  it('steps through everything, one’s own too', () => {
    expect(neighbour(queue, a, 1)).toBe(b);
    expect(neighbour(queue, a, -1)).toBeNull();
  });
  it('leaves out what was judged here', () => {
    expect(withoutJudged(queue, new Set(['a', 'c']))).toEqual([b, d]);
  });
});
