import type { CalibrationStanding } from '../../api/calibrations';
import { t } from '../../lib/i18n';
import { Table } from '../../ui/table';
import { keyOf, languageWords } from './calibration-words';

type Estimate = CalibrationStanding['estimates'][number];
type Figures = NonNullable<Estimate['figures']>;

interface Said {
  standing: CalibrationStanding;
  estimate: Estimate;
  figures: Figures;
}

/** What the pairs of ratings that people took anyway say by now, of each rater, language and kind of pair. */
export function Estimates({ standings }: { standings: readonly CalibrationStanding[] }) {
  const said = standings.flatMap(standing => standing.estimates.flatMap(
    (estimate): Said[] => (estimate.figures ? [{ standing, estimate, figures: estimate.figures }] : []),
  ));
  if (said.length === 0) return <p class="soft">{t('calibrations.no-estimates')}</p>;
  return (
    <>
      <h3>{t('calibrations.estimates')}</h3>
      <p class="soft">{t('calibrations.estimates-what')}</p>
      <Table
        caption={t('calibrations.estimates')} hideCaption rows={said} keyOf={one => `${keyOf(one.standing)}:${one.estimate.design}`}
        columns={[
          { label: t('calibrations.rater'), cell: one => `${t(`calibrations.rater-${one.standing.rater}`)}, ${languageWords(one.standing.language)}` },
          { label: t('calibrations.design'), cell: one => t(`calibrations.design-${one.estimate.design}`) },
          { label: t('calibrations.pairs'), cell: one => one.estimate.pairs, numeric: true },
          { label: 'sd', cell: one => one.figures.sd, numeric: true },
          { label: t('calibrations.icc-a1'), cell: one => between(one.figures.icc_a1), numeric: true },
          { label: t('calibrations.lower-limit'), cell: one => one.figures.icc_a1.lower_limit, numeric: true },
          { label: t('calibrations.icc-c1'), cell: one => between(one.figures.icc_c1), numeric: true },
          { label: 'SEM', cell: one => one.figures.sem, numeric: true },
          { label: t('calibrations.drift'), cell: one => one.figures.drift, numeric: true },
        ]}
      />
    </>
  );
}

function between({ value, low, high }: Figures['icc_a1']): string {
  return t('calibrations.between', { value, low, high });
}
