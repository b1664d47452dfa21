import { describe, expect, it } from 'vitest';
import shared from '../../../tests/exports/cases/charts.json';
import {
  gridLines, ladderOverTime, laddersOverTime, pairedDots, scaleMarks,
  type Axis, type Panel, type Scale, type Track,
} from './charts';

interface Input {
  person?: Track;
  worker?: Track;
  panel?: Panel;
  panels?: Panel[];
  axis?: Axis;
  scale?: Scale;
  tall?: boolean;
  in_a_row?: number;
}

interface Case {
  name: string;
  draw: 'paired-dots' | 'grid-lines' | 'scale-marks' | 'ladder-over-time' | 'ladders-over-time';
  input: Input;
  svg: string;
}

function draw({ draw: kind, input }: Case): string {
  const { scale, tall } = input;
  switch (kind) {
    case 'paired-dots': return pairedDots(input.person!, input.worker!, scale, tall);
    case 'grid-lines': return gridLines(scale);
    case 'scale-marks': return scaleMarks(scale, tall);
    case 'ladder-over-time': return ladderOverTime(input.panel!, input.axis!, scale);
    case 'ladders-over-time': return laddersOverTime(input.panels!, input.axis!, scale, input.in_a_row);
  }
}

describe('the pictures on the screen are those on paper', () => {
  it.each(shared as unknown as Case[])('$name', example => {
    expect(draw(example)).toBe(example.svg);
  });
});
