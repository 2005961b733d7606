// A sentence held against the figures of the dossier, before it is published: which of them agree with its numbers.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { figureAmount, partyInWords, recordDate } from '../../ui/record-words.ts';
import { ErrorState } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, call } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { recordHref } from '../record/record-data.ts';
import style from './how-many.module.css';

type Answer = AnswerOf<'POST /dossiers/:dossier/claims'>;
type Verdict = Answer['figures'][number];

/** The section of the screen. */
export function SentenceCheck(): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const [text, setText] = useState('');
  const check = useMutation<Answer, ApiProblem>({
    mutationFn: () =>
      call('POST /dossiers/:dossier/claims', { params: { dossier: slug }, body: { text: text.trim() } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') check.mutate();
  };
  return (
    <section aria-labelledby="sentence">
      <h2 id="sentence" className={style.heading}>
        {t('desk.sentence.title')}
      </h2>
      <form onSubmit={submit} className={layout.tight}>
        <TextArea
          label={t('desk.sentence.label')}
          description={t('desk.sentence.hint')}
          value={text}
          onChange={setText}
          maxLength={2000}
          rows={2}
        />
        <div className={layout.row}>
          <Button type="submit" isPending={check.isPending} isDisabled={text.trim() === ''}>
            {t('desk.sentence.check')}
          </Button>
        </div>
      </form>
      <div role="status">
        {check.error && <ErrorState problem={check.error} />}
        {check.data && <Verdicts answer={check.data} />}
      </div>
    </section>
  );
}

function Verdicts({ answer }: { answer: Answer }): ReactNode {
  const { t } = useMessages();
  const { numbers, figures } = answer;
  if (numbers.length === 0) return <p className={style.soft}>{t('desk.sentence.no-number')}</p>;
  if (figures.length === 0) return <p className={style.soft}>{t('desk.sentence.no-figure')}</p>;
  return (
    <ul className={style.measures}>
      {figures.map((one) => (
        <VerdictLine key={one.figure.id} verdict={one} />
      ))}
    </ul>
  );
}

function VerdictLine({ verdict }: { verdict: Verdict }): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  const { figure, sure } = verdict;
  const facts = [figure.accordingTo && partyInWords(figure.accordingTo, words), recordDate(figure, words)];
  return (
    <li>
      <p>
        <strong className={verdict.verdict === 'refutes' ? style.disputed : undefined}>
          {t(`desk.sentence.${verdict.verdict}`)}
        </strong>{' '}
        <Link href={recordHref(slug, 'figure', figure.id)} dir="auto">
          {t('desk.words.figure', { counted: figure.counted, amount: figureAmount(figure, words) })}
        </Link>
      </p>
      <p className={style.facts}>
        {facts.filter(Boolean).map((fact) => (
          <span key={fact} dir="auto">
            {fact}
          </span>
        ))}
        {!sure && <span>{t('desk.sentence.unsure')}</span>}
      </p>
      <ol className={style.soft}>
        {verdict.working.map((step) => (
          <li key={JSON.stringify(step)}>{words.formatStep(step)}</li>
        ))}
      </ol>
    </li>
  );
}
