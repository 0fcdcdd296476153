import type { AreaSeries } from '../api/types';

export interface ChartProps {
  name: string;
  unit: string | null;
  series: AreaSeries[];
  path?: { date: string; value: number }[];
  deadline?: string | null;
  threshold?: number | null;
  band?: readonly [number, number] | null;
  height?: number;
}
