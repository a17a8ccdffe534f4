import { shortened } from '../../../../../shared/domain/shortened.ts'
import { plural } from '../../../ui/format.ts'
import type { Consistency } from './consistency.ts'
import type { TryResult } from './tryStore.ts'
import './ConsistencyTable.css'

/** The distinct answers to each input with their counts. */
export function ConsistencyTable({
  sums,
  results,
}: {
  readonly sums: readonly Consistency[]
  readonly results: readonly TryResult[]
}) {
  return (
    <div className="tpl-consistency" tabIndex={0} role="region" aria-label="How consistent">
      {sums.map(({ input, answered, answers }) => (
        <table key={input}>
          <caption>
            {answers.length === 1
              ? `The same answer ${plural(answered, 'time')}`
              : `${String(answers.length)} different answers in ${plural(answered, 'time')}`}
            {sums.length > 1 && `: ${inputWords(results, input)}`}
          </caption>
          <thead>
            <tr>
              <th scope="col">Answer</th>
              <th scope="col">Times</th>
              <th scope="col">Right</th>
            </tr>
          </thead>
          <tbody>
            {answers.map(({ text, count, right }) => (
              <tr key={text}>
                <td className="mono">{text}</td>
                <td className="num">
                  {count}
                  <span className="tpl-consistency-bar" aria-hidden>
                    <i style={{ width: `${String((count / answered) * 100)}%` }} />
                  </span>
                </td>
                <td>{right === null ? '–' : right ? 'right' : 'wrong'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  )
}

function inputWords(results: readonly TryResult[], input: number): string {
  const row = results.find((one) => one.input === input)?.row
  return row === undefined ? '' : shortened(Object.values(row.values).join(' · '), 80)
}
