import { useEffect, useState } from 'react'
import type { PromptPreview } from '../../../../../shared/contract/templates.ts'
import type { InputValues, Template } from '../../../../../shared/domain/template/template.ts'
import type { LadderArm } from '../../../../../shared/domain/testRun/arm.ts'
import { isCancelled, toWire } from '../../../../../shared/errors.ts'
import type { Api } from '../../../api/api.ts'

export interface PreviewInput {
  readonly template: Template
  readonly values: InputValues
  /** Identifies the model that counts tokens. */
  readonly model: string
  /** null: the template as written. */
  readonly arm: LadderArm | null
}

export interface ShownPreview {
  /** The latest preview, shown until the next one is ready. */
  readonly preview: PromptPreview | null
  /** Whether a newer one is being computed. */
  readonly stale: boolean
  /** Why there is none, as a sentence. */
  readonly problem: string | null
}

/** Milliseconds without an edit after which the preview is requested. */
const pauseMs = 250

/** The exact prompt, requested again after edits. Responses to earlier requests are ignored. */
export function usePreview(
  { templates }: Pick<Api, 'templates'>,
  { template, values, model, arm }: PreviewInput,
): ShownPreview {
  const [shown, setShown] = useState<{
    readonly of: PreviewInput
    readonly preview: PromptPreview | null
    readonly problem: string | null
  } | null>(null)

  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    const of = { template, values, model, arm }
    const timer = setTimeout(() => {
      templates.preview({ template, values, arm }, { signal }).then(
        (preview) => {
          if (!signal.aborted) setShown({ of, preview, problem: null })
        },
        (error: unknown) => {
          if (signal.aborted || isCancelled(error)) return
          setShown((before) => ({
            of,
            preview: before?.preview ?? null,
            problem: toWire(error).message,
          }))
        },
      )
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [templates, template, values, model, arm])

  const of = shown?.of
  const stale =
    of?.template !== template || of.values !== values || of.model !== model || of.arm !== arm
  return { preview: shown?.preview ?? null, stale, problem: shown?.problem ?? null }
}
