import { wilson } from '../../../../../shared/domain/statistics/wilson.ts'
import type { Template } from '../../../../../shared/domain/template/template.ts'
import { percent } from '../../../../../shared/domain/testRun/words.ts'
import { inputLine } from './exampleEdits.ts'
import type { SuggestStep, Without } from './suggestion.ts'

export interface SuggestedSetProps {
  readonly template: Template
  readonly steps: readonly SuggestStep[]
  readonly without: Without
  /** Whether it is still being chosen. */
  readonly running: boolean
}

/** The examples chosen so far, with what each brought. */
export function SuggestedSet({ template, steps, without, running }: SuggestedSetProps) {
  return (
    <section className="tpl-suggested" aria-label="Chosen examples">
      <p className="num">Without examples {shareOf(without)} are right.</p>
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
      </ol>
      {!running && steps.length > 0 && (
        <p className="faint">
          Measured on the {without.rows.length} rows that it was chosen on, so it flatters. If you
          use it, these rows are left out of the test set: test on the others.
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
