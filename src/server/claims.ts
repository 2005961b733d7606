// A sentence held against the figures of a dossier: which of them bear on its numbers, and whether they agree.
import { z } from 'zod';
import { claimOfFigure, claimWorking, judgeClaim } from '../analysis/claim.ts';
import { readClaim } from '../language/claim.ts';
import { detectLanguage } from '../language/detect.ts';
import { Working } from '../record/disagreement.ts';
import { Figure } from '../record/figure.ts';
import { RecordQuery } from '../record/record-query.ts';
import { readDossier } from '../store/dossiers.ts';
import { listRecords } from '../store/record-list.ts';
import { InDossier } from './dossiers.ts';
import { endpoint } from './endpoint.ts';

/** Figures looked at: those whose words are nearest to the sentence's. */
const LOOKED_AT = 400;
/** Figures told. */
const TOLD = 30;
/** Words of the sentence that figures are searched by. */
const WORDS = 24;

/** What one figure says to a sentence. */
const FigureVerdict = z
  .object({
    figure: Figure,
    verdict: z.enum(['supports', 'refutes']),
    /** Whether it needs no guess which number is set against which. */
    sure: z.boolean(),
    /** Whether the two may be said of one time; null where one of them does not say when. */
    sameTime: z.boolean().nullable(),
    working: Working,
  })
  .meta({ id: 'FigureVerdict', title: 'What a figure says to a sentence' });

export const claims = {
  'POST /dossiers/:dossier/claims': endpoint({
    summary: 'Hold a sentence against the figures that stand: which agree with its numbers, and which do not',
    permission: 'record.read',
    params: InDossier,
    body: z.object({ text: z.string().trim().min(1).max(2000) }),
    answer: z.object({
      /** The numbers found in the sentence, as it has them. */
      numbers: z.array(z.string()),
      /** The sure ones first, and of these those against it. */
      figures: z.array(FigureVerdict),
    }),
    handle: async ({ store, params, body }) => {
      const { id } = await readDossier(store, params.dossier);
      // A sentence is often too short to tell its language by; English is the guess that costs least.
      const { language } = detectLanguage(body.text);
      const claim = readClaim(body.text, language === 'fr' ? 'fr' : 'en');
      const words = [...new Set(claim.flatMap(({ context }) => context.map(({ word }) => word)))];
      const numbers = claim.map(({ text }) => text);
      if (words.length === 0) return { numbers, figures: [] };
      const query = RecordQuery.parse({
        q: words.slice(0, WORDS).join(' or '),
        status: ['accepted', 'corrected'],
        limit: LOOKED_AT,
      });
      const { records } = await listRecords(store, 'figure', id, query);
      const found = records.flatMap((figure) => {
        const judged = judgeClaim(claim, [claimOfFigure(figure)]);
        if (judged.verdict === null) return [];
        const { verdict, sure, pairs } = judged;
        return [{ figure, verdict, sure, sameTime: pairs[0]!.sameTime, working: claimWorking(judged) }];
      });
      const rank = (one: (typeof found)[number]) =>
        (one.sure ? 0 : 4) + (one.sameTime === false ? 2 : 0) + (one.verdict === 'refutes' ? 0 : 1);
      return { numbers, figures: found.sort((a, b) => rank(a) - rank(b)).slice(0, TOLD) };
    },
  }),
};
