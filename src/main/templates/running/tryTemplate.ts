import type { TryItem } from '../../../shared/contract/templates.ts'
import { nthSeed } from '../../../shared/domain/seed.ts'
import type { InputValues, Template } from '../../../shared/domain/template/template.ts'
import type { LadderArm } from '../../../shared/domain/testRun/arm.ts'
import type { RawExpected } from '../../../shared/domain/template/rawExpected.ts'
import { isCancelled, isUnexpected, toWire } from '../../../shared/errors.ts'
import { createArmAnswerer, type ArmAnswerer, type ArmAnswererDeps } from './answerRow.ts'
import { inputsOfArm } from './armsOfPlan.ts'
import { judgeReply } from './judgeReply.ts'
import type { RowAnswerDeps } from './ports.ts'

export interface TryDeps extends ArmAnswererDeps, Pick<RowAnswerDeps, 'model'> {
  readonly onUnexpectedError: (error: unknown) => void
}

export interface TryInput {
  readonly template: Template
  readonly rows: readonly { readonly values: InputValues; readonly expected: RawExpected | null }[]
  readonly repeats: number
  readonly arm: LadderArm | null
}

/** Answers rows one after another, each `repeats` times. Aborting keeps the partial answer. */
export async function tryTemplate(
  deps: TryDeps,
  { template, rows, repeats, arm }: TryInput,
  tell: (item: TryItem) => void,
  signal: AbortSignal,
): Promise<void> {
  // Without a row nothing is asked, and loading a model can take minutes.
  if (rows.length === 0) return
  const info = await deps.model((fraction) => tell({ type: 'loading-model', fraction }), signal)
  if (info === null) {
    const message = 'There is no language model to answer with. Choose one under Models.'
    tell({ type: 'failed', index: 0, message })
    return
  }
  const total = rows.length * repeats
  for (let round = 0; round < repeats; round += 1) {
    // Each repeat has another seed; the first one's is that of a run.
    const { decoding } = template
    const seeded = { ...template, decoding: { ...decoding, seed: nthSeed(decoding.seed, round) } }
    const answerer = createArmAnswerer(deps, seeded, inputsOfArm(template, arm))
    for (const [at, row] of rows.entries()) {
      const index = round * rows.length + at
      if (signal.aborted) return
      tell({ type: 'start', index, total })
      await tryRow(deps, answerer, template, row, index, tell, signal)
    }
  }
}

async function tryRow(
  deps: TryDeps,
  answerer: ArmAnswerer,
  template: Template,
  { values, expected }: TryInput['rows'][number],
  index: number,
  tell: (item: TryItem) => void,
  signal: AbortSignal,
): Promise<void> {
  const started = performance.now()
  try {
    // Loads the model again if it crashed on the previous row.
    const info = await deps.model((fraction) => tell({ type: 'loading-model', fraction }), signal)
    const answer = await answerer.answer(
      values,
      info?.contextSize ?? 0,
      (step) => {
        if (step.type === 'text') tell({ type: 'text', index, text: step.text })
        else tell({ type: 'reading', index, done: step.done, total: step.total })
      },
      signal,
    )
    const { reply, stop, tokens, probabilities, sources } = answer
    tell({
      type: 'answer',
      index,
      reply,
      ...judgeReply(template.format, reply, { values, expected, passages: sources ?? [] }),
      stop,
      tokens,
      ms: performance.now() - started,
      probabilities,
      sources: (sources ?? []).map(({ number, title, text }) => ({ number, title, text })),
    })
  } catch (error) {
    if (isCancelled(error)) throw error
    if (isUnexpected(error)) deps.onUnexpectedError(error)
    tell({ type: 'failed', index, message: toWire(error).message })
  }
}
