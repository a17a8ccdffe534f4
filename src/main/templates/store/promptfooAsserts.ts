import { readExpected } from '../../../shared/domain/template/expected.ts'
import { judgedFields } from '../../../shared/domain/template/judgedFields.ts'
import { comparesWithExpected, measureInWords } from '../../../shared/domain/template/measure.ts'
import type { OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import judgeSource from '../../../shared/domain/template/judgeOutput.ts?bundled'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { listed } from '../../../shared/domain/listed.ts'
import { literal, literalJson } from './nunjucksText.ts'

export type Assert = Readonly<Record<string, unknown>>

/** The assertions of a format. Texts that come again and again are one `SharedText` each. */
export interface PromptfooAsserts {
  /** That an answer is in the format. */
  readonly ofFormat: readonly Assert[]
  /** Of each field that a row expects something of; none where it can't be judged. */
  readonly ofRow: (row: TestRow) => readonly Assert[]
}

/** A long text that a file names once and refers to afterwards. */
export class SharedText {
  readonly name: string
  readonly text: string
  constructor(name: string, text: string) {
    this.name = name
    this.text = text
  }
}

/**
 * What of the judgement has no assertion, in sentences. The check of support brings the stemmers of all
 * languages, seven times the rest of the judge, and most passages are of a library that promptfoo doesn't have.
 */
export function promptfooNotes(format: OutputFormat): readonly string[] {
  const names = judgedFields(format)
    .filter(({ measure }) => !comparesWithExpected(measure))
    .map(({ name }) => `“${name}”`)
  if (names.length === 0) return []
  return [
    `No assertion was written for ${listed(names)}, as promptfoo can’t check what passages support.`,
  ]
}

/**
 * Assertions that judge as Penknife does, by Penknife's own code (`judgeOutput.ts`): it reads an answer with
 * the same repairs, and applies the measure of each field.
 */
export function promptfooAsserts(format: OutputFormat): PromptfooAsserts {
  const ofFormat = JSON.stringify(literalJson(format))
  const fields = judgedFields(format).filter(({ measure }) => comparesWithExpected(measure))
  const judge = new SharedText(
    'judge',
    `${literal(judgeSource)}
const { expected, field } = context.config;
return penknife.judgeOutput(JSON.parse(${ofFormat}), output, JSON.parse(expected), field);`,
  )
  const read = new SharedText(
    'read',
    `${literal(judgeSource)}
return penknife.readOutput(JSON.parse(${ofFormat}), output);`,
  )
  const judged = (metric: string, expected: TestRow['expected'], field: string | null): Assert => ({
    type: 'javascript',
    metric,
    value: judge,
    config: { expected: literalJson(expected), field },
  })
  return {
    ofFormat: format.kind === 'text' ? [] : [judged('in the format', null, null)],
    ofRow({ expected: raw }) {
      const expected = raw === null ? null : readExpected(format, raw).expected
      return fields.flatMap(({ name, measure }): readonly Assert[] => {
        const wanted = expected?.get(name)
        if (wanted === undefined) return []
        // A label is the one value that promptfoo's own assertion compares as Penknife does.
        return format.kind === 'label' && wanted.kind === 'value'
          ? [{ type: 'equals', value: literal(String(wanted.value)), transform: read }]
          : [judged(`${name}: ${measureInWords(measure)}`, raw, name)]
      })
    },
  }
}
