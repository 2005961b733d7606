// What the table would make: how many figures of which kind, what is wrong with which rows, and the first figures as they
// would be made.
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { SeriesMapping } from '../../record/series.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { figureAmount } from '../../ui/record-words.ts';
import { ErrorState, Notice, useProblemWords } from '../../ui/state.tsx';
import { type ApiProblem, call } from '../api.ts';
import { faultInWords, faultsAsCsv } from './fault-words.ts';
import { ScrollBox } from './scroll-box.tsx';
import style from './series.module.css';
import { type Preview, saveAs } from './series-data.ts';

/** Counts, faults and figures. `stale`: another question is on its way. */
export function PreviewPart({
  slug,
  id,
  fileName,
  preview,
  mapping,
  stale,
  leaveOut,
  setLeaveOut,
}: {
  slug: string;
  id: string;
  fileName: string;
  preview: Preview;
  mapping: SeriesMapping;
  stale: boolean;
  leaveOut: boolean;
  setLeaveOut: (leaveOut: boolean) => void;
}): ReactNode {
  const { t } = useMessages();
  const words = useProblemWords();
  const { counts, lacks } = preview;
  return (
    <section className={style.part} aria-labelledby="series-preview" data-stale={stale ? '' : undefined}>
      <h2 id="series-preview">{t('desk.series.preview')}</h2>
      {lacks !== null ? (
        <Notice tone="warning">
          <p>{words({ code: lacks, message: lacks })}</p>
        </Notice>
      ) : (
        <>
          <Counts counts={counts} />
          {counts.faulty > 0 && (
            <Faults slug={slug} id={id} fileName={fileName} preview={preview} mapping={mapping}>
              <Checkbox
                label={t('desk.series.leave-out', { count: counts.faulty })}
                description={t('desk.series.leave-out-hint')}
                isSelected={leaveOut}
                onChange={setLeaveOut}
              />
            </Faults>
          )}
          {preview.figures.length > 0 && <Figures preview={preview} />}
        </>
      )}
    </section>
  );
}

function Counts({ counts }: { counts: Preview['counts'] }): ReactNode {
  const { t, formatNumber } = useMessages();
  const shown = [
    ['new', counts.new],
    ['changed', counts.changed],
    ['there', counts.there],
    ['faulty', counts.faulty],
    ['blank', counts.blank],
  ] as const;
  return (
    <div role="status">
      <dl className={style.counts}>
        {shown.map(
          ([what, count]) =>
            (count > 0 || what === 'new') && (
              <div key={what} data-what={what}>
                <dt>{t(`desk.series.count.${what}`, { count })}</dt>
                <dd>{formatNumber(count)}</dd>
              </div>
            ),
        )}
      </dl>
    </div>
  );
}

function Faults({
  slug,
  id,
  fileName,
  preview: { faults, counts },
  mapping,
  children,
}: {
  slug: string;
  id: string;
  fileName: string;
  preview: Preview;
  mapping: SeriesMapping;
  children: ReactNode;
}): ReactNode {
  const words = useMessages();
  const { t } = words;
  const download = useMutation<void, ApiProblem>({
    mutationFn: async () => {
      const params = { dossier: slug, id };
      const all = await call('POST /dossiers/:dossier/sources/:id/series/faults', {
        params,
        body: { mapping },
      });
      saveAs(t('desk.series.problems-file', { name: fileName }), faultsAsCsv(all.faults, words));
    },
  });
  return (
    <div className={style.faults}>
      <h3>{t('desk.series.problems', { count: counts.faulty })}</h3>
      <ScrollBox long label={t('desk.series.problems', { count: counts.faulty })}>
        <table className={style.list}>
          <thead>
            <tr>
              <th scope="col">{t('desk.series.row')}</th>
              <th scope="col">{t('desk.series.column')}</th>
              <th scope="col">{t('desk.series.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {faults.map((fault) => (
              <tr key={`${fault.row} ${fault.column} ${fault.code}`}>
                <td className={style.number}>{fault.row}</td>
                <td dir="auto">{fault.column}</td>
                <td>{faultInWords(fault, words)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {counts.faults > faults.length && (
        <p className={style.more}>
          {t('desk.series.first-problems', { count: faults.length, all: counts.faults })}
        </p>
      )}
      <div>
        <Button small isPending={download.isPending} onPress={() => download.mutate()}>
          {t('desk.series.download-problems')}
        </Button>
      </div>
      {download.error && <ErrorState problem={download.error} />}
      {children}
    </div>
  );
}

function Figures({ preview: { figures, counts } }: { preview: Preview }): ReactNode {
  const words = useMessages();
  const { t, formatDate } = words;
  // Columns that hold nothing in any of these figures are left out.
  const has = {
    period: figures.some(({ content }) => content.period !== null),
    place: figures.some(({ content }) => content.place !== null),
    accordingTo: figures.some(({ content }) => content.accordingTo !== null),
    reportedBy: figures.some(({ content }) => content.reportedBy !== null),
    note: figures.some(({ content }) => content.note !== null),
  };
  return (
    <>
      <h3>
        {figures.length === counts.figures
          ? t('desk.series.all-figures', { count: figures.length })
          : t('desk.series.first-figures', { count: figures.length, all: counts.figures })}
      </h3>
      <ScrollBox long label={t('desk.series.preview')}>
        <table className={style.list}>
          <thead>
            <tr>
              <th scope="col">{t('desk.series.row')}</th>
              <th scope="col">{t('desk.series.measure')}</th>
              <th scope="col">{t('desk.series.amount')}</th>
              {has.period && <th scope="col">{t('desk.series.period')}</th>}
              {has.place && <th scope="col">{t('desk.series.place')}</th>}
              {has.accordingTo && <th scope="col">{t('desk.series.accordingTo')}</th>}
              {has.reportedBy && <th scope="col">{t('desk.series.reportedBy')}</th>}
              {has.note && <th scope="col">{t('desk.series.note')}</th>}
              <th scope="col">{t('desk.series.standing')}</th>
            </tr>
          </thead>
          <tbody>
            {figures.map(({ row, measureName, content, standing }) => (
              <tr key={`${row} ${content.measure} ${content.value}`} data-standing={standing}>
                <td className={style.number}>{row}</td>
                <td dir="auto">{measureName}</td>
                <td className={style.amount}>{figureAmount(content, words)}</td>
                {has.period && (
                  <td className={style.period}>{content.period && formatDate(content.period)}</td>
                )}
                {has.place && <td dir="auto">{content.place?.name}</td>}
                {has.accordingTo && <td dir="auto">{content.accordingTo?.name}</td>}
                {has.reportedBy && <td dir="auto">{content.reportedBy?.name}</td>}
                {has.note && <td dir="auto">{content.note}</td>}
                <td>{t(`desk.series.standing.${standing}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}
