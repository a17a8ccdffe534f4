import { wilson } from '../../../../../shared/domain/statistics/wilson.ts'
import type { Template } from '../../../../../shared/domain/template/template.ts'
import { percent } from '../../../../../shared/domain/testRun/words.ts'
import { inputLine } from './exampleEdits.ts'
import type { SuggestionState, SuggestResult } from './suggestion.ts'
import './SuggestedSet.css'

export interface SuggestedSetProps extends Pick<
  SuggestionState,
  'steps' | 'written' | 'drawn' | 'running'
> {
  readonly template: Template
  readonly without: SuggestResult
}

/** The examples chosen so far, with their effect. */
export function SuggestedSet(props: SuggestedSetProps) {
  const { template, steps, without, written, drawn, running } = props
  return (
    <section className="tpl-suggested" aria-label="Chosen examples">
      <p className="num">Without examples {shareOf(without)} are right.</p>
      {written !== null && (
        <p className="num">With the template as it is {shareOf(written)} are.</p>
      )}
      {drawn !== null && (
        <p className="num">With these {shareOf(drawn)} are, the best of the sets tried.</p>
      )}
      <ol>
        {steps.map((step) => {
          const one = template.examples.find(({ id }) => id === step.id)
          return (
            <li key={step.id}>
              <span className="cut grow">
                {one === undefined ? 'A removed example' : inputLine(template, one)}
              </span>
              <span className="dim num">{shareOf(step)}</span>
            </li>
          )
        })}
        {drawn?.examples.map((one) => (
          <li key={one.id}>
            <span className="cut grow">{inputLine(template, one)}</span>
            <span className="cut dim mono">{one.output}</span>
          </li>
        ))}
      </ol>
      {!running && (steps.length > 0 || drawn !== null) && (
        <p className="faint">
          Measured on rows that it was chosen by, so it flatters. If you use it, the{' '}
          {without.rows.length} rows that it took are left out of the test set: test on the others.
        </p>
      )}
    </section>
  )
}

function shareOf({ right, of }: { readonly right: number; readonly of: number }): string {
  const share = wilson(right, of)
  if (share === null) return 'no rows'
  return `${percent(share.value)} (${percent(share.low)} to ${percent(share.high)})`
}
