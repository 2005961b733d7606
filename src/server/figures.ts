// Figures over HTTP.
import { FigureContent } from '../record/figure.ts';
import { recordEndpoints } from './records.ts';

export const figures = recordEndpoints('figure', 'figures', FigureContent);
