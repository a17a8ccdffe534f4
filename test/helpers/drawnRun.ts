import { createRandom } from '../../src/shared/domain/random.ts'
import type { Template } from '../../src/shared/domain/template/template.ts'
import { runPlan, type Arm, type RunPlan } from '../../src/shared/domain/testRun/arm.ts'
import type { RowResult } from '../../src/shared/domain/testRun/run.ts'
import type { MadeArm } from './runEvidence.ts'
import { labelScore, madeArm, madeResult } from './runResults.ts'
import { exampleOf, labelTemplate } from './templates.ts'

/** A run as it may come about, good or bad, whole or in the middle. */
export interface DrawnRun {
  readonly plan: RunPlan
  readonly made: readonly MadeArm[]
  readonly template: Template
  /** Rows that each arm has to answer. */
  readonly rows: number
}

const labels = ['good', 'bad', 'fair'] as const

type Draw = ReturnType<typeof createDraw>

function createDraw(seed: number) {
  const random = createRandom(seed)
  return {
    random,
    chance: (of: number): boolean => random() < of,
    one: <T>(...items: readonly [T, ...T[]]): T =>
      items[Math.floor(random() * items.length)] ?? items[0],
  }
}

/** The same run for the same seed. */
export function drawRun(seed: number): DrawnRun {
  const draw = createDraw(seed)
  const [plan, arms] = drawArms(draw)
  const rows = draw.one(1, 3, 8, 20, 40, 90, 150)
  const answered = draw.chance(0.1) ? Math.ceil(rows / 2) : rows
  const expected = drawRows(draw, rows)
  const known = draw.one<readonly string[]>(labels, labels, labels.slice(0, 2))
  const examples = known.map((label, index) =>
    exampleOf(`e${String(index)}`, `Text ${label}`, label),
  )
  const template = labelTemplate({
    format: { kind: 'label', labels: [...labels] },
    examples,
  })
  const shared = drawDifficulty(draw, rows)
  if (draw.chance(0.02)) return { plan, made: arms.map((arm) => [arm, []]), template, rows }
  const isDead = draw.chance(0.03)
  const made = arms.map((arm, index): MadeArm => {
    if (isDead)
      return [arm, expected.map((label, row) => broken(row, label, { arm: arm.id, ...crash }))]
    const own = index > 0 && answered < rows ? expected.slice(0, answered) : expected
    return [arm, drawResults(draw, arm, own, shared)]
  })
  return { plan, made, template, rows }
}

/** The label that each row expects; null: none. */
function drawRows(draw: Draw, rows: number): readonly (string | null)[] {
  const most = draw.one(0.34, 0.34, 0.8, 1)
  const judged = draw.one(1, 1, 0.7)
  return Array.from({ length: rows }, () => {
    if (!draw.chance(judged)) return null
    return draw.chance(most) ? labels[0] : draw.one(...labels)
  })
}

/** How hard each row is, 0 to 1: what one arm gets wrong, another is likely to get wrong as well. */
function drawDifficulty(draw: Draw, rows: number): readonly number[] {
  return Array.from({ length: rows }, () => draw.random())
}

function drawResults(
  draw: Draw,
  arm: Arm,
  expected: readonly (string | null)[],
  difficulty: readonly number[],
): readonly RowResult[] {
  const skill = draw.one(0, 0.05, 0.2, 0.4, 0.5, 0.6, 0.8, 0.95, 1)
  const alike = draw.one(0, 0.5, 0.9, 1)
  const invalid = draw.one(0, 0, 0.03, 0.3)
  const failing = draw.one(0, 0, 0, 0.05, 1)
  const repaired = draw.one(0, 0, 0.2)
  const tokens = { prompt: draw.one(50, 1_200), reused: draw.one(0, 40), generated: draw.one(1, 9) }
  return expected.map((label, row) => {
    const measure = draw.chance(alike) ? (difficulty[row] ?? 0) : draw.random()
    const base = { arm: arm.id, tokens, ms: 100 + Math.floor(draw.random() * 2_000) }
    if (draw.chance(failing * 0.5)) return broken(row, label, { ...base, ...crash })
    if (draw.chance(invalid)) return broken(row, label, base)
    const right = measure < skill
    const other = labels.find((one) => one !== label) ?? labels[0]
    const score = label === null ? null : labelScore(label, right ? label : other)
    const made = madeResult(row, { ...base, score })
    if (!draw.chance(repaired)) return made
    return { ...made, check: { ...made.check, repairs: ['label-spelling'] } }
  })
}

const crash = {
  stop: 'failed',
  error: { code: 'host-crashed', message: 'The model stopped.' },
} as const

function broken(row: number, label: string | null, own: Partial<RowResult>): RowResult {
  const made = madeResult(row, { ...own, score: label === null ? null : labelScore(label, null) })
  const check = { ...made.check, parseable: false, inDomain: false, value: null }
  return { ...made, check }
}

function drawArms(draw: Draw): readonly [RunPlan, readonly Arm[]] {
  const kind = draw.one<RunPlan['kind']>(
    'ladder',
    'ladder',
    'test',
    'shots',
    'order',
    'choice',
    'models',
  )
  switch (kind) {
    case 'ladder':
      return [runPlan.parse({ kind, version: 1 }), ladderOf(draw)]
    case 'test': {
      const versions = [1, 2, 3].slice(0, draw.one(1, 2, 3))
      const arms = versions.map((version) =>
        madeArm(`version-${String(version)}`, { name: `Version ${String(version)}`, version }),
      )
      return [runPlan.parse({ kind, versions }), arms]
    }
    case 'shots':
      return [runPlan.parse({ kind, version: 1, counts: [0, 1, 2, 4] }), shotsOf(draw)]
    case 'order': {
      const shuffles = [1, 2, 3].map((seed) =>
        madeArm(`order-${String(seed)}`, { examples: { kind: 'shuffled', seed } }),
      )
      return [runPlan.parse({ kind, version: 1 }), [madeArm('as-written'), ...shuffles]]
    }
    case 'choice':
      return [
        runPlan.parse({ kind, version: 1, count: 2 }),
        [
          madeArm('fixed', { examples: { kind: 'ids', ids: ['e0', 'e1'] } }),
          madeArm('random', { examples: { kind: 'random', count: 2, seed: 0 } }),
          madeArm('nearest', { examples: { kind: 'nearest', count: 2 } }),
        ],
      ]
    case 'models':
      return [
        runPlan.parse({ kind, version: 1, models: ['a', 'b'], settings: [{}] }),
        ['a', 'b']
          .slice(0, draw.one(1, 2))
          .flatMap((model) =>
            [0, 1]
              .slice(0, draw.one(1, 2))
              .map((temperature) =>
                madeArm(`${model}-${String(temperature)}`, { model, decoding: { temperature } }),
              ),
          ),
      ]
  }
}

function ladderOf(draw: Draw): readonly Arm[] {
  const ids = ['zero-shot', 'few-shot', 'retrieval', 'both'].filter(() => draw.chance(0.85))
  const grammar = draw.chance(0.5)
  const arms = (ids.length === 0 ? ['few-shot'] : ids).map((id) => madeArm(id, { grammar }))
  const toggled = draw.chance(0.3)
    ? arms.map((arm) => ({
        ...arm,
        id: `${arm.id}-other`,
        name: `${arm.name}, other format`,
        grammar: !grammar,
      }))
    : []
  const nearest = madeArm('nearest', {
    method: 'nearest-neighbours',
    examples: { kind: 'nearest', count: 1 },
  })
  return [...arms, ...toggled, ...(draw.chance(0.6) ? [nearest] : [])]
}

function shotsOf(draw: Draw): readonly Arm[] {
  const none = madeArm('shots-0-draw-1', { examples: { kind: 'none' } })
  const draws = draw.one(1, 2, 3)
  const more = [1, 2, 4].flatMap((count) =>
    Array.from({ length: draws }, (_, index) =>
      madeArm(`shots-${String(count)}-draw-${String(index + 1)}`, {
        examples: { kind: 'random', count, seed: index },
      }),
    ),
  )
  return [none, ...more]
}
