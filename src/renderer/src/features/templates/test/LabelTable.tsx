import type { LabelFigures } from '../../../../../shared/domain/statistics/f1.ts'
import { percent } from '../../../../../shared/domain/testRun/words.ts'
import { formatCount } from '../../../ui/format.ts'
import './LabelTable.css'

/** Precision, recall and F1 of each label that occurs. */
export function LabelTable({
  field,
  labels,
}: {
  readonly field: string
  readonly labels: readonly LabelFigures[]
}) {
  return (
    <div className="run-labels" tabIndex={0} role="region" aria-label={`Labels of ${field}`}>
      <table>
        <caption>{field}: each label</caption>
        <thead>
          <tr>
            <th scope="col">Label</th>
            <th scope="col" title="Of the rows where it was given: how many expect it">
              Precision
            </th>
            <th scope="col" title="Of the rows that expect it: how many were given it">
              Recall
            </th>
            <th scope="col" title="The harmonic mean of both">
              F1
            </th>
            <th scope="col">Expected in</th>
          </tr>
        </thead>
        <tbody>
          {labels.map(({ label, precision, recall, f1, support }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {[precision, recall, f1].map((share, index) => (
                <td key={index} className="num">
                  {percent(share)}
                </td>
              ))}
              <td className="num">{formatCount(support)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
