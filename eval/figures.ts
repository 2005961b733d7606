// The two evaluations of quantities, by name: NewsQuant's news sentences and the recogniser cases.
export { evaluateNewsQuant } from './newsquant.ts';
export { evaluateRecognizers } from './recognizers.ts';
