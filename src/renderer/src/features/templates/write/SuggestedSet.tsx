import { wilson } from '../../../../../shared/domain/statistics/wilson.ts'
import type { Template } from '../../../../../shared/domain/template/template.ts'
import { percent } from '../../../../../shared/domain/testRun/words.ts'
import { inputLine } from './exampleEdits.ts'
import type { Suggested, SuggestStep } from './suggestion.ts'

export interface SuggestedSetProps {
  readonly template: Template
  readonly steps: readonly SuggestStep[]
  /** null while it is being chosen. */
  readonly found: Suggested | null
}

/** The examples chosen so far, with what each brought. */
export function SuggestedSet({ template, steps, found }: SuggestedSetProps) {
  return (
    <section className="tpl-suggested" aria-label="Chosen examples">
      {found !== null && found.ids.length === 0 && (
        <p>No example makes it better than none: {shareOf(found.before)} without any.</p>
      )}
      {found !== null && found.ids.length > 0 && (
        <p className="num">Without examples {shareOf(found.before)} are right.</p>
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
      </ol>
      {found !== null && (
        <p className="faint">
          Measured on the {found.rows.length} rows that it was chosen on, so it flatters. They are
          left out of the test set now: test on the others.
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
