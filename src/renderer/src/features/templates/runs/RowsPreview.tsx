import { variableName } from '../variableName.ts'
import './RowsPreview.css'

/** A row to preview before the import. */
export interface PreviewedRow {
  /** Line or row number in the file or text, from 1. */
  readonly place: number
  readonly values: Readonly<Record<string, string>>
  readonly answer: string
  /** Why it cannot be used; null if it can. */
  readonly problem: string | null
  /** Doubts about it, as sentences. */
  readonly doubts: readonly string[]
}

export interface RowsPreviewProps {
  readonly variables: readonly string[]
  /** Heading of the column of answers. */
  readonly answer: string
  readonly rows: readonly PreviewedRow[]
}

/** Previewed rows with their problems. */
export function RowsPreview({ variables, answer, rows }: RowsPreviewProps) {
  return (
    <div className="run-import-rows" tabIndex={0} role="region" aria-label="What was read">
      <table>
        <thead>
          <tr>
            <th scope="col">Row</th>
            {variables.map((name) => (
              <th key={name} scope="col">
                {variableName(name)}
              </th>
            ))}
            <th scope="col">{answer}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.place} className={row.problem === null ? undefined : 'is-bad'}>
              <td className="num">{row.place}</td>
              {variables.map((name) => (
                <td key={name}>{row.values[name]}</td>
              ))}
              <td>
                <span className="mono">{row.answer}</span>
                {[...(row.problem === null ? [] : [row.problem]), ...row.doubts].map((sentence) => (
                  <span key={sentence} className="run-import-flag">
                    {sentence}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
