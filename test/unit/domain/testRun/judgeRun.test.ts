import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Measure } from '../../../../src/shared/domain/template/measure.ts'
import type { Template } from '../../../../src/shared/domain/template/template.ts'
import { runPlan, type Arm } from '../../../../src/shared/domain/testRun/arm.ts'
import type { Verdict } from '../../../../src/shared/domain/testRun/figures.ts'
import { judgeRun } from '../../../../src/shared/domain/testRun/verdict/judgeRun.ts'
import { verdictRules } from '../../../../src/shared/domain/testRun/verdict/rules.ts'
import { answers, evidenceOf, type MadeArm } from '../../../helpers/runEvidence.ts'
import { labelScore, madeArm, madeResult } from '../../../helpers/runResults.ts'
import { exampleOf, labelTemplate } from '../../../helpers/templates.ts'

const ladder = runPlan.parse({ kind: 'ladder', version: 1 })
const versions = runPlan.parse({ kind: 'test', versions: [1, 2] })
const shots = runPlan.parse({ kind: 'shots', version: 1, counts: [0, 2, 4] })
const order = runPlan.parse({ kind: 'order', version: 1 })
const choice = runPlan.parse({ kind: 'choice', version: 1, count: 2 })

/** A format without labels: no single label could be given to all rows. */
const factTemplate = labelTemplate({ format: { kind: 'text' } })

/** Every verdict of this file, to check at the end that each rule was used. */
const heard = new Set<string>()

function verdictOf(...input: Parameters<typeof evidenceOf>): Verdict {
  const verdict = judgeRun(evidenceOf(...input))
  for (const { rule } of verdict.details) heard.add(rule)
  return verdict
}

function rulesOf({ details }: Verdict): string[] {
  return details.map(({ rule }) => rule)
}

function sentence({ details }: Verdict, rule: string): string {
  const found = details.find((one) => one.rule === rule)
  if (found === undefined) throw new Error(`The verdict does not speak of ${rule}.`)
  return found.sentence
}

function climb(...rows: readonly (readonly [id: string, counts: string])[]): MadeArm[] {
  return rows.map(([id, counts]) => [madeArm(id), answers(counts)])
}

describe('rows without a judgement', () => {
  it('are named with the reason, and so are fields', () => {
    const unjudged = { rows: [{ why: 'nothing-expected' as const, rows: 4 }], fields: ['b'] }
    const verdict = verdictOf(ladder, climb(['zero-shot', '3r 1w']), { unjudged })
    expect(sentence(verdict, 'not-judged')).toBe(
      '4 not judged: 4 without an expected answer. The shares are those of the rest.',
    )
    expect(sentence(verdict, 'fields-not-judged')).toContain('“b”')
  })

  it('is said of versions that judge a field by different rules', () => {
    const made: MadeArm[] = [1, 2].map((version) => [
      { ...madeArm(`version-${String(version)}`), version },
      answers('9r 3w'),
    ])
    const judgedBy = (measure?: Measure) =>
      labelTemplate({
        format: measure === undefined ? { kind: 'text' } : { kind: 'text', measure },
      })
    const verdictBy = (second: Template): Verdict => {
      const templates = new Map([
        [1, judgedBy()],
        [2, second],
      ])
      const verdict = judgeRun({ ...evidenceOf(versions, made), templates })
      for (const { rule } of verdict.details) heard.add(rule)
      return verdict
    }
    const said = sentence(verdictBy(judgedBy({ kind: 'contains' })), 'judged-differently')
    expect(said).toContain('“answer” (equal; contains)')
    expect(rulesOf(verdictBy(judgedBy({ kind: 'equal' })))).not.toContain('judged-differently')
  })

  it('are all there is where no row was answered: nothing else is said', () => {
    const verdict = verdictOf(ladder, climb(['zero-shot', '3f'], ['few-shot', '3f']))
    expect(verdict.arm).toBeNull()
    expect(verdict.headline).toBe('No row was answered. The model stopped.')
    expect(rulesOf(verdict)).toEqual(['none-answered', 'failed-rows'])
  })
})

describe('a run of free text', () => {
  it('does not speak of a grammar, since there is none', () => {
    const run = climb(['zero-shot', '1r 9w 3x'])
    const verdict = verdictOf(ladder, run, { template: factTemplate })
    expect(verdict.details.map((one) => one.sentence).join(' ')).not.toMatch(/grammar/u)
    const lost = verdictOf(ladder, climb(['zero-shot', '1r 9w']), { template: factTemplate })
    expect(rulesOf(lost)).not.toContain('format-forced')
  })
})

describe('arms that are not run', () => {
  it('are told', () => {
    const notRun = ['Few-shot isn’t run.']
    const verdict = verdictOf(ladder, climb(['zero-shot', '3r 1w']), { notRun })
    expect(sentence(verdict, 'not-run')).toBe('Few-shot isn’t run.')
  })
})

describe('a ladder', () => {
  it('advises examples if they help and documents do not', () => {
    const verdict = verdictOf(
      ladder,
      climb(
        ['zero-shot', '33r 47w'],
        ['few-shot', '65r 15w'],
        ['retrieval', '33r 2r 45w'],
        ['both', '64r 16w'],
      ),
    )
    expect(verdict.arm).toBe('few-shot')
    expect(verdict.headline).toBe(
      'Use the two examples. They raise the rows that are right from 41 % to 81 %; documents add nothing here.',
    )
    expect(sentence(verdict, 'examples-help')).toBe(
      'Without documents, the examples help: 32 rows better, 0 worse (40 points, 28 to 50; p < 0.001).',
    )
    expect(sentence(verdict, 'documents-nothing')).toMatch(
      /^On top of the examples, the documents add nothing that shows: 0 rows better, 1 worse/u,
    )
    expect(rulesOf(verdict)).toContain('left-more-examples')
    expect(rulesOf(verdict)).toContain('left-fine-tuning')
  })

  it('says that examples add nothing, if that is certain enough', () => {
    const verdict = verdictOf(
      ladder,
      climb(['zero-shot', '150r 50w'], ['few-shot', '148r 3w 3r 46w']),
    )
    expect(verdict.arm).toBe('zero-shot')
    expect(verdict.headline).toBe('Use the instruction alone. Examples add nothing here.')
    expect(sentence(verdict, 'examples-nothing')).toMatch(/They can bring at most \d points?\.$/u)
    expect(rulesOf(verdict)).toContain('left-better-model')
    expect(rulesOf(verdict)).toContain('left-small-classifier')
  })

  it('does not say so with too few rows', () => {
    const verdict = verdictOf(ladder, climb(['zero-shot', '10r 10w'], ['few-shot', '14r 6w']))
    expect(verdict.arm).toBeNull()
    expect(verdict.headline).toBe('Too few rows to tell. Whether examples help cannot be told.')
    expect(rulesOf(verdict)).toContain('examples-unclear')
    expect(sentence(verdict, 'few-rows')).toBe(
      'With 20 rows only differences of about 39 points or more would show; for half of that it takes about 50 rows.',
    )
  })

  it('says if examples or documents do harm', () => {
    const verdict = verdictOf(
      ladder,
      climb(['zero-shot', '60r 20w'], ['few-shot', '30r 50w'], ['retrieval', '31r 49w']),
    )
    expect(verdict.arm).toBe('zero-shot')
    expect(verdict.headline).toBe(
      'Use the instruction alone. Examples do harm here; documents do harm here.',
    )
    expect(rulesOf(verdict)).toEqual(expect.arrayContaining(['examples-harm', 'documents-harm']))
  })

  it('advises documents alone, or both, if that helps', () => {
    const documents = verdictOf(
      ladder,
      climb(
        ['zero-shot', '20r 60w'],
        ['few-shot', '20r 1r 59w'],
        ['retrieval', '60r 20w'],
        ['both', '60r 1r 19w'],
      ),
    )
    expect(documents.arm).toBe('retrieval')
    expect(documents.headline).toBe(
      'Use your documents without the examples. They raise the rows that are right from 25 % to 75 %; examples add nothing here.',
    )
    expect(rulesOf(documents)).toContain('documents-help')
    const both = verdictOf(
      ladder,
      climb(
        ['zero-shot', '20r 60w'],
        ['few-shot', '40r 40w'],
        ['retrieval', '38r 42w'],
        ['both', '70r 10w'],
      ),
    )
    expect(both.arm).toBe('both')
    expect(both.headline).toBe(
      'Use the two examples and your documents. Together they raise the rows that are right from 25 % to 88 %.',
    )
    // Neither helps alone, but together they do.
    const together = verdictOf(
      ladder,
      climb(
        ['zero-shot', '20r 60w'],
        ['few-shot', '22r 58w'],
        ['retrieval', '22r 58w'],
        ['both', '50r 30w'],
      ),
    )
    expect(together.arm).toBe('both')
  })

  it('does not count as help what only makes up for the harm of the other', () => {
    const verdict = verdictOf(
      ladder,
      climb(
        ['zero-shot', '60r 20w'],
        ['few-shot', '30r 50w'],
        ['retrieval', '60r 20w'],
        ['both', '58r 22w'],
      ),
    )
    expect(verdict.arm).toBe('zero-shot')
  })

  it('advises the simpler of two equal arms', () => {
    const verdict = verdictOf(
      ladder,
      climb(
        ['zero-shot', '20r 60w'],
        ['few-shot', '60r 20w'],
        ['retrieval', '20r 60w'],
        ['both', '60r 3r 17w'],
      ),
    )
    expect(verdict.arm).toBe('few-shot')
  })

  it('leaves documents undecided if the rows cannot tell', () => {
    const verdict = verdictOf(
      ladder,
      climb(
        ['zero-shot', '2r 28w'],
        ['few-shot', '15r 15w'],
        ['retrieval', '2r 28w'],
        ['both', '13r 2w 7r 8w'],
      ),
    )
    expect(verdict.arm).toBe('few-shot')
    expect(verdict.headline).toMatch(/; whether documents help cannot be told\.$/u)
    expect(rulesOf(verdict)).toContain('documents-unclear')
  })

  it('mentions the other prompt if the effect differs there', () => {
    const verdict = verdictOf(
      ladder,
      climb(
        ['zero-shot', '20r 60w'],
        ['few-shot', '60r 20w'],
        ['retrieval', '55r 25w'],
        ['both', '60r 20w'],
      ),
    )
    expect(verdict.arm).toBe('few-shot')
    const told = verdict.details.filter(({ rule }) => rule.startsWith('documents-'))
    expect(told.map(({ rule }) => rule)).toEqual(['documents-nothing', 'documents-help'])
  })

  const nearest = madeArm('nearest', { method: 'nearest-neighbours', name: 'Nearest neighbours' })

  it('advises the nearest examples without a model if they do better', () => {
    const verdict = verdictOf(ladder, [
      ...climb(['zero-shot', '20r 60w'], ['few-shot', '22r 58w']),
      [nearest, answers('60r 20w')],
    ])
    expect(verdict.arm).toBe('nearest')
    expect(verdict.headline).toMatch(/^Do without a language model here\./u)
    expect(rulesOf(verdict)).toContain('nearest-better')
  })

  it('says whether the nearest examples do as well', () => {
    const against = (counts: string): Verdict =>
      verdictOf(ladder, [
        ...climb(['zero-shot', '80r 120w'], ['few-shot', '150r 50w']),
        [nearest, answers(counts)],
      ])
    expect(rulesOf(against('149r 2w 1r 48w'))).toContain('nearest-as-good')
    expect(rulesOf(against('80r 120w'))).toContain('nearest-worse')
    expect(against('80r 120w').arm).toBe('few-shot')
    const few = verdictOf(ladder, [
      ...climb(['zero-shot', '4r 16w'], ['few-shot', '14r 6w']),
      [nearest, answers('10r 5w 1r 4w')],
    ])
    expect(rulesOf(few)).toContain('nearest-unclear')
  })

  it('says what effect the grammar has', () => {
    const forced = (counts: string, free: string): string[] =>
      rulesOf(
        verdictOf(ladder, [
          [madeArm('few-shot', { grammar: true }), answers(counts)],
          [madeArm('few-shot-free'), answers(free)],
        ]),
      )
    expect(forced('60r 20w', '30r 50w')).toContain('grammar-helps')
    expect(forced('30r 50w', '60r 20w')).toContain('grammar-harms')
    expect(forced('150r 50w', '149r 1w 1r 49w')).toContain('grammar-nothing')
    expect(forced('12r 8w', '8r 12w')).toContain('grammar-unclear')
  })

  it('says if nothing is better than one label for all', () => {
    const expecting = (goodRight: number, badRight: number): MadeArm[] => {
      const rows = Array.from({ length: 100 }, (_, row) => {
        const expected = row < 70 ? 'good' : 'bad'
        const right = row < 70 ? row < goodRight : row - 70 < badRight
        const given = right ? expected : row < 70 ? 'bad' : 'good'
        return madeResult(row, { score: labelScore(expected, given) })
      })
      return [[madeArm('zero-shot'), rows]]
    }
    const lost = verdictOf(ladder, expecting(40, 10))
    expect(lost.arm).toBeNull()
    expect(lost.headline).toBe('Nothing here does better than always answering “good” (70 %).')
    const doubtful = verdictOf(ladder, expecting(60, 15))
    expect(doubtful.arm).toBe('zero-shot')
    expect(sentence(doubtful, 'one-label')).toContain('It is not certain that zero-shot (75 %)')
    expect(rulesOf(verdictOf(ladder, expecting(68, 25)))).not.toContain('one-label')
  })

  it('advises no arm if none gets the rows right', () => {
    const none = verdictOf(
      ladder,
      climb(['zero-shot', '40w'], ['few-shot', '40w'], ['retrieval', '40w'], ['both', '40w']),
      { template: factTemplate },
    )
    expect(none.arm).toBeNull()
    expect(none.headline).toBe('None of the arms gets a row right with this model.')
    expect(rulesOf(none)).toContain('none-right')
    expect(rulesOf(none)).toContain('left-better-model')
    // The gain from examples is significant, yet useless at this level.
    const few = verdictOf(ladder, climb(['zero-shot', '200w'], ['few-shot', '8r 192w']), {
      template: factTemplate,
    })
    expect(few.arm).toBeNull()
    expect(few.headline).toBe(
      'None of the arms gets the rows right with this model: the best, few-shot, has 4 % (2 to 8) of them.',
    )
    expect(rulesOf(few)).toContain('examples-help')
    // This does not speak for the nearest examples.
    const asBad = verdictOf(
      ladder,
      [...climb(['zero-shot', '50w'], ['few-shot', '50w']), [nearest, answers('3r 47w')]],
      { template: factTemplate },
    )
    expect(rulesOf(asBad).filter((rule) => rule.startsWith('nearest'))).toEqual([])
    const alone = verdictOf(ladder, climb(['zero-shot', '40w']), { template: factTemplate })
    expect(alone).toMatchObject({
      arm: null,
      headline: 'The rows are not right with this model: zero-shot has 0 % (0 to 9) of them.',
    })
  })

  it('does not say so if a tenth may be right, or if the nearest examples are right', () => {
    const some = verdictOf(ladder, climb(['zero-shot', '14r 186w'], ['few-shot', '14r 186w']), {
      template: factTemplate,
    })
    expect(some.arm).toBe('zero-shot')
    expect(rulesOf(some)).not.toContain('none-right')
    const without = verdictOf(
      ladder,
      [...climb(['zero-shot', '40w'], ['few-shot', '40w']), [nearest, answers('30r 10w')]],
      { template: factTemplate },
    )
    expect(without.arm).toBe('nearest')
    expect(without.headline).toMatch(/^Do without a language model here\./u)
  })

  it('advises no arm if nothing helps and all may be guessing', () => {
    const verdict = verdictOf(ladder, climb(['zero-shot', '210r 190w'], ['few-shot', '209r 191w']))
    expect(verdict.arm).toBeNull()
    expect(verdict.headline).toBe(
      'None of the arms gets the rows right with this model: none is certainly better than always giving the same answer.',
    )
    expect(sentence(verdict, 'one-label')).toContain('always answering “good” (50 %)')
  })

  it('does not compare with one label for all if all rows expect that label', () => {
    const rows = Array.from({ length: 20 }, (_, row) =>
      madeResult(row, { score: labelScore('good', row < 12 ? 'good' : 'bad') }),
    )
    expect(rulesOf(verdictOf(ladder, [[madeArm('zero-shot'), rows]]))).not.toContain('one-label')
  })

  it('says little about a single arm', () => {
    const verdict = verdictOf(ladder, climb(['few-shot', '70r 10w']))
    expect(verdict.arm).toBe('few-shot')
    expect(verdict.headline).toBe('Few-shot has 88 % (78 to 93) of the rows right.')
  })
})

describe('how far a verdict can be relied on', () => {
  it('says if nothing was answered, or if no row has an expected answer', () => {
    const none = verdictOf(ladder, climb(['zero-shot', '0r']))
    expect(none).toMatchObject({ arm: null, headline: 'No row has been answered yet.' })
    const unscored = verdictOf(ladder, [[madeArm('zero-shot'), [madeResult(0), madeResult(1)]]])
    expect(unscored.arm).toBeNull()
    expect(unscored.headline).toContain('none of the 2 rows says what is expected')
    expect(rulesOf(unscored)).toEqual(['nothing-scored', 'cost-row', 'cost-prefix'])
    const unjudged = { rows: [{ why: 'not-in-format', rows: 2 }], fields: [] } as const
    const other = verdictOf(ladder, [[madeArm('zero-shot'), [madeResult(0), madeResult(1)]]], {
      unjudged,
    })
    expect(other.headline).toContain('none of the 2 rows has an expected answer in the template’s')
  })

  it('says which rows have no passage, and if none has', () => {
    const notJudged = 'Not judged: this row has no passage.'
    const bare = [madeResult(0, { notJudged }), madeResult(1, { notJudged })]
    const some = verdictOf(ladder, [
      [madeArm('zero-shot'), bare],
      [madeArm('retrieval'), answers('2r')],
    ])
    expect(sentence(some, 'no-passage')).toContain('support the answer: 2 rows of zero-shot.')
    const none = verdictOf(ladder, [[madeArm('zero-shot'), bare]])
    expect(none.headline).toContain('none of the 2 rows has a passage')
  })

  it('says that the run is not finished, and how many rows failed', () => {
    const verdict = verdictOf(ladder, climb(['zero-shot', '40r 35w 5f'], ['few-shot', '20r']), {
      rows: 80,
    })
    expect(sentence(verdict, 'not-finished')).toContain('few-shot still has rows to answer')
    expect(sentence(verdict, 'failed-rows')).toContain('5 rows of zero-shot')
  })

  it('says how many answers in free text were cut off', () => {
    const rows = Array.from({ length: 9 }, (_, row) =>
      madeResult(row, { stop: row < 4 ? 'length' : 'end' }),
    )
    const arms: readonly MadeArm[] = [[madeArm('few-shot'), rows]]
    const template = labelTemplate({ format: { kind: 'text' } })
    const verdict = verdictOf(ladder, arms, { template })
    expect(sentence(verdict, 'cut-off')).toContain('4 answers of few-shot')
    expect(rulesOf(verdictOf(ladder, arms))).not.toContain('cut-off')
  })

  it('says if there are too few rows to show anything', () => {
    const verdict = verdictOf(ladder, climb(['zero-shot', '1r 3w'], ['few-shot', '3r 1w']))
    expect(sentence(verdict, 'few-rows')).toContain('4 rows can show nothing')
  })

  it('does not ask for more rows if small differences can be detected', () => {
    const verdict = verdictOf(ladder, climb(['zero-shot', '900r 900w'], ['few-shot', '901r 899w']))
    expect(rulesOf(verdict)).not.toContain('few-rows')
  })
})

describe('the format', () => {
  it('is mentioned if replies are outside of it, with what to do', () => {
    const free = verdictOf(ladder, climb(['zero-shot', '20r 10w 50x'], ['few-shot', '65r 15w']))
    expect(sentence(free, 'format-gain')).toContain('without them 63 % of the replies')
    const alone = (grammar: boolean): Verdict =>
      verdictOf(ladder, [[madeArm('few-shot', { grammar }), answers('20r 10w 50x')]])
    expect(sentence(alone(false), 'format-invalid')).toContain('Turn the grammar on')
    expect(sentence(alone(true), 'format-invalid')).toContain('allow more tokens')
    expect(sentence(alone(false), 'left-unreadable')).toMatch(/^50 of the 60 rows/u)
  })

  it('is not counted as evidence if it is forced', () => {
    const verdict = verdictOf(ladder, [
      [madeArm('few-shot', { grammar: true }), answers('30r 50w')],
    ])
    expect(rulesOf(verdict)).toContain('format-forced')
  })

  it('counts repairs', () => {
    const { check } = madeResult(0)
    const repaired = answers('10r', { check: { ...check, repairs: ['code-fence'] } })
    const verdict = verdictOf(ladder, [
      [madeArm('few-shot'), [...repaired, ...answers('80r').slice(10)]],
    ])
    expect(sentence(verdict, 'format-repaired')).toMatch(
      /^13 % of the replies of few-shot can be read only after a repair, most often for its code fence\./u,
    )
  })
})

describe('the remaining errors', () => {
  it('are none, or few', () => {
    expect(sentence(verdictOf(versions, climb(['v1', '40r'])), 'left-nothing')).toContain(
      'up to 9 % may be',
    )
    expect(sentence(verdictOf(versions, climb(['v1', '480r 20w'])), 'left-enough')).toContain(
      'At least 94 % of the rows are right',
    )
  })

  it('are described by the labels without an example and the most frequent mistake', () => {
    const template = labelTemplate({
      format: { kind: 'label', labels: ['good', 'bad', 'mixed'] },
      examples: [exampleOf('e1', 'One', 'good'), exampleOf('e2', 'Two', 'bad')],
    })
    const mixed = Array.from({ length: 12 }, (_, row) =>
      madeResult(row, { score: labelScore('mixed', row < 9 ? 'bad' : 'mixed') }),
    )
    const rest = answers('60r 6w').slice(12)
    const verdict = verdictOf(versions, [[madeArm('v1'), [...mixed, ...rest]]], { template })
    expect(sentence(verdict, 'left-unshown-labels')).toBe(
      '9 of the 15 rows that are wrong expect a label that no example shows (“mixed”): add an example of each before fine-tuning.',
    )
    expect(sentence(verdict, 'left-confused')).toContain('“bad” for “mixed”, nine times')
    expect(rulesOf(verdict)).not.toContain('left-fine-tuning')
  })

  it('are counted by field', () => {
    const template = labelTemplate({
      format: {
        kind: 'json',
        fields: [
          { name: 'mood', optional: false, type: { kind: 'boolean' } },
          { name: 'place', optional: false, type: { kind: 'text', hint: '' } },
        ],
      },
    })
    const results = Array.from({ length: 20 }, (_, row) => {
      const place = row < 12
      const fields = {
        mood: { correct: true, tokenF1: null, classes: { expected: 'true', given: 'true' } },
        place: { correct: place, tokenF1: place ? 1 : 0, classes: null },
      }
      return madeResult(row, { score: { exactMatch: place, fields } })
    })
    const verdict = verdictOf(versions, [[madeArm('v1'), results]], { template })
    expect(sentence(verdict, 'left-fields')).toBe(
      '8 rows are wrong with v1. Field by field, right are: place in 60 % and mood in 100 %.',
    )
  })
})

describe('versions', () => {
  const two = (before: string, after: string): Verdict =>
    verdictOf(versions, [
      [madeArm('v1', { name: 'Version 1' }), answers(before)],
      [madeArm('v2', { name: 'Version 2', version: 2 }), answers(after)],
    ])

  it('are judged one after another', () => {
    const better = two('40r 40w', '60r 20w')
    expect(better.arm).toBe('v2')
    expect(better.headline).toBe(
      'Use Version 2. It raises the rows that are right from 50 % to 75 %.',
    )
    const worse = two('60r 20w', '40r 40w')
    expect(worse.arm).toBe('v1')
    expect(rulesOf(worse)).toContain('version-worse')
    expect(rulesOf(better)).toContain('version-better')
  })

  it('can be equal, or too close to tell', () => {
    const same = two('150r 50w', '149r 1w 1r 49w')
    expect(same).toMatchObject({ arm: null, headline: 'No version is better than the one before.' })
    expect(rulesOf(same)).toContain('version-same')
    const unclear = two('10r 10w', '13r 7w')
    expect(unclear.headline).toBe('Too few rows to tell which version is better.')
    expect(rulesOf(unclear)).toContain('version-unclear')
  })

  it('is reported by itself if there is only one', () => {
    const verdict = verdictOf(versions, climb(['v1', '64r 16w']))
    expect(verdict).toMatchObject({ arm: 'v1', headline: '80 % (70 to 87) of the rows are right.' })
    expect(rulesOf(verdict)).toContain('version-alone')
  })
})

describe('a shot curve', () => {
  const draw = (number: number, index: number, counts: string): MadeArm => [
    madeArm(`shots-${number}-draw-${index}`, {
      examples: number === 0 ? { kind: 'none' } : { kind: 'random', count: number, seed: index },
    }),
    answers(counts, { tokens: { prompt: 50 + number * 40, reused: 40, generated: 2 } }),
  ]

  it('says where it flattens, how much the draws vary and what it costs', () => {
    const verdict = verdictOf(shots, [
      draw(0, 1, '40r 60w'),
      draw(2, 1, '76r 24w'),
      draw(2, 2, '78r 22w'),
      draw(4, 1, '77r 23w'),
      draw(4, 2, '78r 22w'),
    ])
    expect(verdict.arm).toBe('shots-2-draw-1')
    expect(verdict.headline).toBe(
      'Two examples are enough. They raise the rows that are right from 40 % to 77 %.',
    )
    expect(sentence(verdict, 'shots-flat')).toBe(
      'No reach 40 %, two reach 77 % and four reach 78 %. More than two gain nothing on these rows.',
    )
    expect(sentence(verdict, 'shots-cost')).toBe(
      'Tokens of a prompt: 50 with no, 130 with two and 210 with four.',
    )
    expect(rulesOf(verdict)).not.toContain('shots-spread')
  })

  it('ignores a step that is smaller than the spread of the draws', () => {
    const verdict = verdictOf(shots, [
      draw(0, 1, '20r 80w'),
      draw(2, 1, '70r 30w'),
      draw(4, 1, '60r 40w'),
      draw(4, 2, '90r 10w'),
    ])
    expect(verdict.arm).toBe('shots-2-draw-1')
  })

  it('says if it is still rising, and if it depends on the draw', () => {
    const verdict = verdictOf(shots, [
      draw(0, 1, '30r 70w'),
      draw(2, 1, '50r 50w'),
      draw(2, 2, '64r 36w'),
      draw(4, 1, '79r 21w'),
      draw(4, 2, '80r 20w'),
    ])
    expect(verdict.arm).toBe('shots-4-draw-1')
    expect(rulesOf(verdict)).toContain('shots-rising')
    expect(sentence(verdict, 'shots-spread')).toContain('between 50 % and 64 %, 14 points apart')
  })

  it('says if examples add nothing, do harm, or cannot be judged', () => {
    const nothing = verdictOf(shots, [draw(0, 1, '150r 50w'), draw(2, 1, '149r 1w 1r 49w')])
    expect(nothing).toMatchObject({
      arm: 'shots-0-draw-1',
      headline: 'Examples add nothing here, however many.',
    })
    const harm = verdictOf(shots, [draw(0, 1, '150r 50w'), draw(2, 1, '90r 110w')])
    expect(harm).toMatchObject({ arm: 'shots-0-draw-1', headline: 'Examples do harm here.' })
    const unclear = verdictOf(shots, [draw(0, 1, '10r 10w'), draw(2, 1, '13r 7w')])
    expect(unclear.arm).toBeNull()
    expect([nothing, harm, unclear].flatMap(rulesOf)).toEqual(
      expect.arrayContaining(['shots-nothing', 'shots-harm', 'shots-unclear']),
    )
  })
})

describe('orders', () => {
  const orders = (...counts: readonly string[]): Verdict =>
    verdictOf(
      order,
      counts.map((text, seed): MadeArm => {
        const examples: Arm['examples'] = seed === 0 ? { kind: 'all' } : { kind: 'shuffled', seed }
        return [madeArm(`order-${seed}`, { examples }), answers(text)]
      }),
    )

  it('matter, matter little, or cannot be told; the luckiest is never advised', () => {
    const matters = orders('40r 60w', '75r 25w', '50r 50w')
    expect(matters).toMatchObject({
      arm: null,
      headline: 'The order of the examples matters: between 40 % and 75 % of the rows right.',
    })
    expect(sentence(matters, 'order-matters')).toContain('The best one was lucky')
    const little = orders('70r 30w', '71r 29w', '72r 28w')
    expect(little.arm).toBe('order-0')
    expect(rulesOf(little)).toContain('order-little')
    const unclear = orders('10r 10w', '13r 7w')
    expect(unclear.arm).toBeNull()
    expect(rulesOf(unclear)).toContain('order-unclear')
  })
})

describe('the choice of examples', () => {
  const choices = (fixed: string, nearest: string): Verdict =>
    verdictOf(choice, [
      [madeArm('fixed', { name: 'Fixed examples' }), answers(fixed, { ms: 300 })],
      [
        madeArm('nearest', {
          name: 'Nearest examples',
          examples: { kind: 'nearest', count: 2 },
        }),
        answers(nearest, { ms: 900 }),
      ],
    ])

  it('stays with fixed examples unless another choice is significantly better', () => {
    const better = choices('40r 60w', '80r 20w')
    expect(better.arm).toBe('nearest')
    expect(better.headline).toBe(
      'Use nearest examples: 80 % of the rows right, against 40 % with fixed examples.',
    )
    expect(sentence(better, 'cost-no-prefix')).toContain('0.9 s a row instead of 0.3 s')
    const same = choices('150r 50w', '149r 1w 1r 49w')
    expect(same.arm).toBe('fixed')
    const unclear = choices('10r 10w', '13r 7w')
    expect(unclear.arm).toBeNull()
    const worse = choices('80r 20w', '40r 60w')
    expect(worse.arm).toBe('fixed')
    expect([better, same, unclear, worse].flatMap(rulesOf)).toEqual(
      expect.arrayContaining(['choice-better', 'choice-same', 'choice-unclear', 'choice-worse']),
    )
  })
})

describe('models and settings', () => {
  const models = runPlan.parse({ kind: 'models', version: 1, models: ['a', 'b'], settings: [{}] })
  const made = (...rows: readonly (readonly [model: string, counts: string, ms: number])[]) =>
    rows.map(([model, counts, ms]): MadeArm => [
      madeArm(model, { name: `“${model}”`, model }),
      answers(counts, { ms }),
    ])

  it('advise the best that is not really worse than another, and say how fast they are', () => {
    const verdict = verdictOf(models, made(['small', '40r 60w', 200], ['large', '80r 20w', 800]))
    expect(verdict.arm).toBe('large')
    expect(verdict.headline).toBe('Use “large”: 80 % (71 to 87) of the rows are right.')
    expect(sentence(verdict, 'models-better')).toContain('“large” is better than “small”')
    expect(sentence(verdict, 'models-speed')).toBe(
      'The fastest is “small” with 300 rows a minute, the slowest “large” with 75 rows a minute.',
    )
    const turned = verdictOf(models, made(['large', '80r 20w', 800], ['small', '40r 60w', 200]))
    expect(turned.arm).toBe('large')
    expect(sentence(turned, 'models-worse')).toContain('“small” is worse than “large”')
  })

  it('advise the fastest where all are alike in both directions, and none where rows decide nothing', () => {
    const alike = verdictOf(models, made(['a', '150r 50w', 900], ['b', '149r 1w 1r 49w', 300]))
    expect(alike.arm).toBe('b')
    expect(sentence(alike, 'models-same')).toBe('Less than ten points apart: “a” and “b”.')
    // Fewer rows right, and perhaps many fewer: that is not alike.
    const lower = verdictOf(models, made(['a', '13r 7w', 900], ['b', '10r 10w', 300]))
    expect(lower.arm).toBeNull()
    expect(sentence(lower, 'models-unclear')).toBe('The rows cannot decide between “a” and “b”.')
  })

  it('compare arms that differ in one thing only', () => {
    const arms = ['a', 'b'].flatMap((model) =>
      [0, 1].map((temperature): MadeArm => [
        madeArm(`${model}${String(temperature)}`, { model, decoding: { temperature } }),
        answers('3r 1w'),
      ]),
    )
    const { comparisons } = evidenceOf(models, arms)
    expect(comparisons.map(({ a, b }) => `${a} ${b}`)).toEqual(['a0 a1', 'a0 b0', 'a1 b1', 'b0 b1'])
    expect(rulesOf(verdictOf(models, arms.slice(0, 1)))).toContain('models-alone')
  })
})

describe('the rules', () => {
  it('are all documented', () => {
    const document = readFileSync(path.join('docs', 'verdicts.md'), 'utf8')
    const written = [...document.matchAll(/^- `([a-z-]+)`/gmu)].map((match) => match[1])
    expect([...written].sort()).toEqual([...verdictRules].sort())
  })

  it('are all used by a verdict of this file', () => {
    expect(verdictRules.filter((rule) => !heard.has(rule))).toEqual([])
  })
})
