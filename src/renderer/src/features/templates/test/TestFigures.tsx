import { measureInWords } from '../../../../../shared/domain/template/measure.ts'
import type { ArmFigures } from '../../../../../shared/domain/testRun/figures.ts'
import { seconds } from '../../../../../shared/domain/testRun/words.ts'
import { formatCount, plural } from '../../../ui/format.ts'
import { SmallEstimate } from '../runs/SmallEstimate.tsx'
import { ConfusionMatrix } from './ConfusionMatrix.tsx'
import { LabelTable } from './LabelTable.tsx'
import type { ResultFilter } from './resultFilter.ts'
import './TestFigures.css'

export interface TestFiguresProps {
  readonly figures: ArmFigures
  readonly onFilter: (filter: ResultFilter) => void
}

/** The figures of one arm. Figures can be opened to show their rows. */
export function TestFigures({ figures, onFilter }: TestFiguresProps) {
  const { tokens, repairs } = figures
  const fields = Object.entries(figures.fields)
  const repaired = Object.entries(repairs).filter(([, count]) => count > 0)
  return (
    <section aria-label="Figures" className="run-figures">
      <div className="run-figure-row">
        <SmallEstimate
          name="Valid format"
          hint="Parseable without any repair. Wilson interval, 95 %. Opens the other rows."
          estimate={figures.validFormat}
          onOpen={() => onFilter({ kind: 'not-valid' })}
        />
        <SmallEstimate
          name="In the domain"
          hint="Fields, types and labels are those of the format. Opens the other rows."
          estimate={figures.inDomain}
          onOpen={() => onFilter({ kind: 'not-in-domain' })}
        />
        <SmallEstimate
          name="All right"
          hint="Every field is right by its measure. Opens the wrong rows."
          estimate={figures.exactMatch}
          onOpen={() => onFilter({ kind: 'wrong' })}
        />
        {figures.macroF1 !== null && (
          <SmallEstimate
            name="Macro F1"
            hint="Mean of the labels’ F1, each label counting the same. Bootstrap interval, 95 %."
            estimate={figures.macroF1}
          />
        )}
        {fields.length > 1 &&
          fields.map(([field, { accuracy, measure }]) => (
            <SmallEstimate
              key={field}
              name={`${field} right`}
              hint={`Rows in which ${field} is right (${measureInWords(measure)}). Opens the wrong ones.`}
              estimate={accuracy}
              onOpen={() => onFilter({ kind: 'wrong-field', field })}
            />
          ))}
        {fields.map(
          ([field, { tokenF1 }]) =>
            tokenF1 !== null && (
              <SmallEstimate
                key={`${field} words`}
                name={`${fields.length > 1 ? field : 'Answer'}, word overlap`}
                hint="Token F1 with the nearest accepted answer. Bootstrap interval, 95 %."
                estimate={tokenF1}
              />
            ),
        )}
      </div>
      <p className="run-cost dim num">
        {plural(figures.n, 'row')}, {seconds(figures.secondsPerRow)} a row;{' '}
        {formatCount(Math.round(tokens.promptPerRow))} tokens a prompt, {formatCount(tokens.reused)}{' '}
        of {formatCount(tokens.prompt)} read once and reused, {formatCount(tokens.generated)}{' '}
        written.
        {repaired.length > 0 &&
          ` Forgiven: ${repaired.map(([name, count]) => `${name.replaceAll('-', ' ')} (${formatCount(count)})`).join(', ')}.`}
      </p>
      {fields.map(
        ([field, { noLabels }]) =>
          noLabels === 'in-list' && (
            <p key={field} className="run-cost dim">
              No figures for each label of {field}: it is judged over all items of a row’s list at
              once.
            </p>
          ),
      )}
      {fields.map(
        ([field, { labels }]) =>
          labels !== null && <LabelTable key={field} field={field} labels={labels} />,
      )}
      {fields.map(
        ([field, { confusion }]) =>
          confusion !== null && (
            <ConfusionMatrix
              key={field}
              field={field}
              confusion={confusion}
              onOpen={(expected, given) => onFilter({ kind: 'confusion', field, expected, given })}
            />
          ),
      )}
    </section>
  )
}
