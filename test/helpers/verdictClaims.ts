import type { Template } from '../../src/shared/domain/template/template.ts'
import type { Arm } from '../../src/shared/domain/testRun/arm.ts'
import type { RowResult } from '../../src/shared/domain/testRun/run.ts'
import type { VerdictRule } from '../../src/shared/domain/testRun/verdict/rules.ts'
import { mostPoints, rowsOf, saysCounts, saysNumber, saysShare } from './claimWords.ts'
import type { CountedPair, ResultTable } from './resultTable.ts'

/** A sentence of a verdict, and what it can be checked against. */
export interface Claim {
  readonly sentence: string
  readonly table: ResultTable
  /** Id of the arm that the verdict advises. */
  readonly advised: string | null
  readonly template: Template
}

type Check = (claim: Claim) => boolean
type Meaning = (pair: CountedPair) => boolean

const gains: Meaning = ({ real, better, worse }) => real && better > worse
const loses: Meaning = ({ real, better, worse }) => real && worse > better
const nothing: Meaning = ({ real, high }) => !real && high < 0.1
const unclear: Meaning = ({ real, high }) => !real && high >= 0.1
const alike: Meaning = ({ real, low, high }) => !real && low > -0.1 && high < 0.1
const undecided: Meaning = (pair) => !pair.real && !alike(pair)

/** A pair that the sentence is about: its counts are there, and it means what is said. */
function holds(sentence: string, pair: CountedPair | undefined, means: Meaning): boolean {
  if (pair === undefined || !saysCounts(sentence, pair) || !means(pair)) return false
  const most = mostPoints(sentence)
  return most === null || Math.max(0, pair.high) <= most + 1e-9
}

const steps = ['zero-shot', 'few-shot', 'retrieval', 'both']

function addition(what: 'examples' | 'documents', means: Meaning): Check {
  const first = what === 'examples' ? 'few-shot' : 'retrieval'
  const other = what === 'examples' ? 'retrieval' : 'few-shot'
  return ({ sentence, table }) => {
    const isAlone = sentence.startsWith('Without')
    const pair = isAlone ? table.pair('zero-shot', first) : table.pair(other, 'both')
    return holds(sentence, pair, means)
  }
}

function nearest(means: Meaning): Check {
  return ({ sentence, table }) => {
    const pair = table.pairs.find(({ a }) => a === 'nearest')
    const best = table.best(table.arms.filter(({ id }) => steps.includes(id)))
    return (
      holds(sentence, pair, means) &&
      pair?.b === best?.id &&
      saysShare(sentence, table.share('nearest') ?? -1)
    )
  }
}

/** Each arm that ran both ways is named by the rule that its pair falls under, and by no other. */
function grammar(means: Meaning): Check {
  return ({ sentence, table }) =>
    table.arms
      .filter(({ id }) => steps.includes(id))
      .every((arm) => {
        const pair = table.pairs.find(
          ({ a, b }) => [a, b].toSorted().join() === [arm.id, `${arm.id}-other`].toSorted().join(),
        )
        const named = new RegExp(`[( ]${arm.id}:`, 'u').test(sentence)
        return pair === undefined
          ? !named
          : named === means(pair) && (!named || saysCounts(sentence, pair))
      })
}

/** Within a sentence a name begins with a small letter. */
function armNamed({ arms }: ResultTable, name: string): Arm | undefined {
  return arms.find((arm) => arm.name.toLowerCase() === name.toLowerCase())
}

/** A sentence of the form `B is … A: counts`, about the pair of A and B. */
function named(form: RegExp, means: Meaning): Check {
  return ({ sentence, table }) => {
    const [, second, first] = form.exec(sentence) ?? []
    const id = (name = '') => armNamed(table, name)?.id ?? ''
    return holds(sentence, table.pair(id(first), id(second)), means)
  }
}

function choice(means: Meaning): Check {
  return ({ sentence, table }) => {
    const arm = table.arms.find(({ name }) => sentence.startsWith(`${name}:`))
    return holds(sentence, table.pair('fixed', arm?.id ?? ''), means)
  }
}

/** All pairs of a meaning, by name or by their number. */
function pairsNamed(means: Meaning): Check {
  return ({ sentence, table }) => {
    const found = table.pairs.filter(means)
    const name = (id: string) => table.arms.find((arm) => arm.id === id)?.name ?? ''
    if (sentence.includes('the two of')) return saysNumber(sentence, found.length)
    const listed = found.every(({ a, b }) =>
      sentence.toLowerCase().includes(`${name(a)} and ${name(b)}`.toLowerCase()),
    )
    return found.length > 0 && listed && sentence.split('; ').length === found.length
  }
}

/** The shares of the draws of each number of examples, the smallest number first. */
function curve({
  arms,
  share,
}: ResultTable): readonly (readonly [count: number, shares: readonly number[]])[] {
  const counts = [...new Set(arms.map(countOf))]
  return counts.flatMap((count) => {
    const shares = arms.filter((arm) => countOf(arm) === count).flatMap(({ id }) => share(id) ?? [])
    return shares.length === 0 ? [] : [[count, shares] as const]
  })
}

function countOf({ id }: Arm): number {
  return Number(id.split('-')[1])
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length
}

/**
 * Whether a number of examples is beaten by a larger one: by two points and half of its spread, and
 * none also by one that really helps.
 */
function isBeaten(table: ResultTable, index: number): boolean {
  const all = curve(table)
  const [count, own] = all[index] ?? [0, []]
  if (count === 0 && !helpsNowhere(table)) return true
  return all.slice(index + 1).some(([, shares]) => {
    const apart = (Math.max(...shares) - Math.min(...shares)) / 2
    return mean(shares) - mean(own) >= Math.max(0.02, apart)
  })
}

/** What more than half of the draws of each number come to. */
function draws(table: ResultTable, means: Meaning): readonly boolean[] {
  return curve(table).flatMap(([count]) => {
    const own = table.pairs.filter(({ b }) => b.startsWith(`shots-${String(count)}-`))
    return own.length === 0 ? [] : [own.filter(means).length * 2 > own.length]
  })
}

function saysCurve({ sentence, table }: Claim): boolean {
  return curve(table).every(
    ([count, shares]) => saysNumber(sentence, count) && saysShare(sentence, mean(shares)),
  )
}

function helpsNowhere(table: ResultTable): boolean {
  return !draws(table, gains).includes(true)
}

function spread(table: ResultTable): number {
  const shares = table.arms.flatMap(({ id }) => table.share(id) ?? [])
  return Math.max(...shares) - Math.min(...shares)
}

/** The arm that the sentences on format, cost and the rest are about. */
function described({ table, advised }: Claim): Arm | undefined {
  return table.arms.find(({ id }) => id === advised) ?? table.best(table.arms) ?? table.arms[0]
}

function outside({ check }: RowResult): boolean {
  return !check.inDomain
}

function part<T>(items: readonly T[], is: (item: T) => boolean): number {
  return items.filter(is).length / Math.max(1, items.length)
}

function total(results: readonly RowResult[], of: (result: RowResult) => number): number {
  return results.reduce((sum, one) => sum + of(one), 0)
}

function expectedOf({ score }: RowResult): string | undefined {
  return score?.fields.answer?.classes?.expected
}

/** How many rows expect the most frequent label, as a share; null where all expect one. */
function mostFrequent(results: readonly RowResult[]): number | null {
  const expected = results.flatMap((one) => expectedOf(one) ?? [])
  const counts = [...new Set(expected)].map(
    (label) => expected.filter((one) => one === label).length,
  )
  return counts.length < 2 ? null : Math.max(...counts) / expected.length
}

/** Labels that rows are wrong on and no example of the template shows, where the arm has any. */
function unshown({ template, table }: Claim, arm: Arm): readonly string[] {
  if (arm.examples.kind === 'none') return []
  const shown = template.examples.map(({ output }) => output)
  const wanted = new Set(table.wrong(arm.id).flatMap((one) => expectedOf(one) ?? []))
  return [...wanted].filter((label) => !shown.includes(label))
}

/** About the arm that the sentence describes, which must be there. */
function ofArm(check: (claim: Claim, arm: Arm) => boolean): Check {
  return (claim) => {
    const arm = described(claim)
    return arm !== undefined && check(claim, arm)
  }
}

const asGiven: Check = () => true

/** For each rule, whether what one of its sentences says is so. */
export const claims: Readonly<Record<VerdictRule, Check>> = {
  'nothing-answered': ({ table }) => table.arms.every(({ id }) => table.results(id).length === 0),
  'nothing-scored': ({ table }) => table.arms.every(({ id }) => table.share(id) === null),
  'none-answered': ({ table }) => table.arms.every(({ id }) => table.answered(id).length === 0),
  // What is given is only repeated.
  'not-judged': asGiven,
  // Drawn runs expect labels.
  'no-passage': () => false,
  'not-run': asGiven,
  'fields-not-judged': asGiven,
  // Drawn runs have one template.
  'judged-differently': () => false,
  'not-finished': ({ sentence, table }) =>
    table.arms.some(({ id }) => table.results(id).length < table.rows) &&
    table.arms
      .filter(({ id }) => table.results(id).length < table.rows)
      .every(({ name }) => sentence.toLowerCase().includes(name.toLowerCase())),
  'failed-rows': ({ sentence, table }) =>
    table.arms.every(({ id, name }) => {
      const failed = table.results(id).length - table.answered(id).length
      const said = `${rowsOf(failed)} of ${name.toLowerCase()}`
      return failed === 0 || sentence.toLowerCase().includes(said)
    }),
  'cut-off': ({ sentence, table }) =>
    table.arms.every(({ id, name }) => {
      const cut = table.answered(id).filter(({ stop }) => stop === 'length').length
      const said = `${String(cut)} answer${cut === 1 ? '' : 's'} of ${name.toLowerCase()}`
      return cut === 0 || sentence.toLowerCase().includes(said)
    }),
  'examples-help': addition('examples', gains),
  'examples-nothing': addition('examples', nothing),
  'examples-unclear': addition('examples', unclear),
  'examples-harm': addition('examples', loses),
  'documents-help': addition('documents', gains),
  'documents-nothing': addition('documents', nothing),
  'documents-unclear': addition('documents', unclear),
  'documents-harm': addition('documents', loses),
  'nearest-better': nearest(loses),
  'nearest-as-good': nearest(nothing),
  'nearest-worse': nearest(gains),
  'nearest-unclear': nearest(unclear),
  'grammar-helps': grammar(gains),
  'grammar-nothing': grammar(nothing),
  'grammar-unclear': grammar(unclear),
  'grammar-harms': grammar(loses),
  'version-alone': ({ sentence, table }) => {
    const share = table.share(table.arms[0]?.id ?? '')
    return share === null ? sentence.includes('Nothing') : saysShare(sentence, share)
  },
  'version-better': named(/^(.+) is better than (.+): /u, gains),
  'version-worse': named(/^(.+) is worse than (.+): /u, loses),
  'version-same': named(/^(.+) is no better than (.+): /u, nothing),
  'version-unclear': named(/^Whether (.+) is better than (.+) cannot/u, unclear),
  'models-alone': ({ sentence, table }) => {
    const share = table.share(table.arms[0]?.id ?? '')
    return share === null ? sentence.includes('Nothing') : saysShare(sentence, share)
  },
  'models-better': named(/^(.+) is better than (.+): /u, gains),
  'models-worse': named(/^(.+) is worse than (.+): /u, loses),
  'models-same': pairsNamed(alike),
  'models-unclear': pairsNamed(undecided),
  'models-speed': ({ sentence, table }) => {
    const pace = (name = ''): number => {
      const own = table.answered(armNamed(table, name)?.id ?? '')
      return own.length === 0 ? Number.NaN : (60_000 * own.length) / total(own, ({ ms }) => ms)
    }
    const paces = table.arms.map(({ name }) => pace(name)).filter((one) => !Number.isNaN(one))
    const [, fastest, slowest] =
      /^The fastest is (.+) with .+, the slowest (.+) with/u.exec(sentence) ?? []
    return pace(fastest) === Math.max(...paces) && pace(slowest) === Math.min(...paces)
  },
  'shots-flat': (claim) => {
    const [, enough = 'nothing'] = /More than (\w+) gain nothing/u.exec(claim.sentence) ?? []
    const used = curve(claim.table).findIndex(([count]) =>
      enough === 'nothing' ? count === 0 : saysNumber(enough, count),
    )
    return saysCurve(claim) && used >= 0 && !isBeaten(claim.table, used)
  },
  'shots-rising': (claim) =>
    saysCurve(claim) &&
    curve(claim.table)
      .slice(0, -1)
      .every((_, index) => isBeaten(claim.table, index)),
  'shots-nothing': (claim) => saysCurve(claim) && draws(claim.table, nothing).every((one) => one),
  'shots-unclear': ({ table }) => helpsNowhere(table),
  'shots-harm': (claim) =>
    saysCurve(claim) && helpsNowhere(claim.table) && draws(claim.table, loses).includes(true),
  'shots-spread': ({ sentence, table }) => {
    const apart = curve(table).map(([, shares]) => Math.max(...shares) - Math.min(...shares))
    const widest = curve(table)[apart.indexOf(Math.max(...apart))]?.[1] ?? []
    return (
      Math.max(...apart) >= 0.1 &&
      saysShare(sentence, Math.min(...widest)) &&
      saysShare(sentence, Math.max(...widest))
    )
  },
  'shots-cost': ({ sentence, table }) =>
    curve(table).every(([count]) => saysNumber(sentence, count)),
  'order-matters': ({ table }) => table.pairs.some(({ real }) => real),
  'order-little': ({ table }) => !table.pairs.some(({ real }) => real) && spread(table) < 0.05,
  'order-unclear': ({ table }) => !table.pairs.some(({ real }) => real) && spread(table) >= 0.05,
  'choice-better': choice(gains),
  'choice-worse': choice(loses),
  'choice-same': choice(nothing),
  'choice-unclear': choice(unclear),
  'few-rows': ({ table }) => table.pairs.some(({ real }) => !real),
  'one-label': (claim) => {
    const { sentence, table } = claim
    const isNone = sentence.startsWith('Nothing here')
    const arm = isNone ? table.best(table.arms) : described(claim)
    const most = arm === undefined ? null : mostFrequent(table.results(arm.id))
    if (arm === undefined || most === null || !saysShare(sentence, most)) return false
    return isNone ? (table.share(arm.id) ?? 0) <= most : table.interval(arm.id).low <= most + 1e-6
  },
  'none-right': ({ table }) => {
    const best = table.best(table.arms.filter(({ method }) => method === 'generate'))
    if (best === undefined) return false
    return table.share(best.id) === 0 || table.interval(best.id).high < 0.1 + 1e-6
  },
  'format-invalid': ofArm(({ sentence, table }, { id }) => {
    const share = part(table.answered(id), outside)
    return share >= 0.05 && saysShare(sentence, share)
  }),
  'format-forced': ofArm(
    ({ table }, { id, grammar: forced }) =>
      forced && part(table.answered(id), outside) <= 0.05 + 1e-9 && (table.share(id) ?? 1) < 0.5,
  ),
  'format-gain': ({ sentence, table }) => {
    const [before, after] = ['zero-shot', 'few-shot'].map((id) => part(table.answered(id), outside))
    return (
      (before ?? 0) - (after ?? 1) >= 0.1 - 1e-9 &&
      saysShare(sentence, before ?? -1) &&
      saysShare(sentence, after ?? -1)
    )
  },
  'format-repaired': ofArm(({ sentence, table }, { id }) => {
    const share = part(
      table.answered(id),
      ({ check }) => check.parseable && check.repairs.length > 0,
    )
    return share >= 0.05 - 1e-9 && saysShare(sentence, share)
  }),
  'left-nothing': ofArm(({ sentence, table }, { id }) => {
    const { low } = table.interval(id)
    return table.wrong(id).length === 0 && saysShare(sentence, 1 - low)
  }),
  'left-enough': ofArm(({ table }, { id }) => table.interval(id).low >= 0.9 - 1e-6),
  'left-fields': asGiven,
  'left-unreadable': ofArm(({ sentence, table }, { id }) => {
    const wrong = table.wrong(id)
    const none = wrong.filter(outside).length
    return (
      sentence.startsWith(`${String(none)} of the ${rowsOf(wrong.length)}`) &&
      none * 2 >= wrong.length
    )
  }),
  'left-unshown-labels': ofArm((claim, arm) => {
    const missing = unshown(claim, arm)
    const wrong = claim.table.wrong(arm.id).filter((one) => missing.includes(expectedOf(one) ?? ''))
    return (
      missing.every((label) => claim.sentence.includes(`“${label}”`)) &&
      claim.sentence.startsWith(`${String(wrong.length)} of the`)
    )
  }),
  'left-confused': ofArm(({ sentence, table }, { id }) => {
    const [, given, expected] = /“(.+)” for “(.+)”/u.exec(sentence) ?? []
    const rows = table
      .wrong(id)
      .filter(({ score }) => score?.fields.answer?.classes?.given === given)
      .filter((one) => expectedOf(one) === expected)
    return (
      rows.length >= 3 &&
      rows.length * 4 >= table.wrong(id).length &&
      saysNumber(sentence, rows.length)
    )
  }),
  'left-more-examples': ({ table }) => table.pairs.some(gains),
  'left-better-model': ({ table }) =>
    !['zero-shot|few-shot', 'retrieval|both', 'zero-shot|retrieval', 'few-shot|both'].some(
      (key) => {
        const pair = table.pair(...(key.split('|') as [string, string]))
        return pair !== undefined && gains(pair)
      },
    ) && helpsNowhere(table),
  'left-fine-tuning': ofArm(
    ({ table }, { id }) => part(table.answered(id), outside) <= 0.05 + 1e-9,
  ),
  'left-small-classifier': ofArm(({ sentence, table, template }, { id }) =>
    saysNumber(
      sentence,
      template.examples.length + table.results(id).filter(({ score }) => score !== null).length,
    ),
  ),
  'cost-row': ofArm(({ sentence, table }, { id, name }) => {
    const own = table.answered(id)
    const tokens = total(own, (one) => one.tokens.prompt) / own.length
    return sentence.startsWith(name) && saysNumber(sentence, Math.round(tokens))
  }),
  'cost-prefix': ofArm(({ sentence, table }, { id }) => {
    const prompt = total(table.answered(id), (one) => one.tokens.prompt)
    const reused = total(table.answered(id), (one) => one.tokens.reused)
    return (
      reused / prompt >= 0.2 &&
      saysNumber(sentence, prompt) &&
      saysNumber(sentence, prompt - reused)
    )
  }),
  'cost-no-prefix': ({ table }) => table.arms.some(({ examples }) => examples.kind === 'nearest'),
}
