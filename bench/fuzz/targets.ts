/** Every parser that is attacked. */
import { bundleTargets } from './bundle-targets.ts';
import { formTargets } from './form-targets.ts';
import { intakeTargets } from './intake-targets.ts';
import { languageTargets } from './language-targets.ts';
import { logTargets } from './log-targets.ts';
import type { Target } from './target.ts';

export const targets: Target[] = [
  ...logTargets,
  ...intakeTargets,
  ...formTargets,
  ...bundleTargets,
  ...languageTargets,
];
