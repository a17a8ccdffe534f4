import type { Confusion } from '../../../../../shared/domain/statistics/estimate.ts'
import './ConfusionMatrix.css'

export interface ConfusionMatrixProps {
  readonly field: string
  readonly confusion: Confusion
  /** Shows the rows of a cell; `given` is null for answers that aren't a label. */
  readonly onOpen: (expected: string, given: string | null) => void
}

/** Expected against given labels. Cells with rows open them. */
export function ConfusionMatrix({ field, confusion, onOpen }: ConfusionMatrixProps) {
  const { labels, counts } = confusion
  const most = Math.max(1, ...counts.flat())
  const columns: readonly (string | null)[] = [...labels, null]
  return (
    <div className="run-confusion" tabIndex={0} role="region" aria-label={`Confusion of ${field}`}>
      <table>
        <caption>{field}: expected (rows) against given (columns)</caption>
        <thead>
          <tr>
            <td />
            {columns.map((label) => (
              <th key={label ?? 'none'} scope="col">
                {label ?? <span title="In the domain of no label">out of domain</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((expected, row) => (
            <tr key={expected}>
              <th scope="row">{expected}</th>
              {columns.map((given, column) => {
                const count = counts[row]?.[column] ?? 0
                return (
                  <td key={given ?? 'none'} className={given === expected ? 'is-right' : undefined}>
                    {count === 0 ? (
                      <span className="faint">0</span>
                    ) : (
                      <button
                        type="button"
                        className="num"
                        // The shade is redundant with the number.
                        style={{ '--share': String(count / most) } as React.CSSProperties}
                        aria-label={`${String(count)} expected ${expected}, given ${given ?? 'out of domain'}`}
                        onClick={() => onOpen(expected, given)}
                      >
                        {count}
                      </button>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
