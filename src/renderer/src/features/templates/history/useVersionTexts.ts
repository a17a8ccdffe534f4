import { useEffect, useState } from 'react'
import type { Template } from '../../../../../shared/domain/template/template.ts'
import { toWire } from '../../../../../shared/errors.ts'
import type { Api } from '../../../api/api.ts'

/** The texts of versions. Each is loaded once, since versions never change. */
export function useVersionTexts(
  { templates }: Pick<Api, 'templates'>,
  id: string,
  versions: readonly (number | null)[],
): { readonly texts: ReadonlyMap<number, Template>; readonly problem: string | null } {
  const [texts, setTexts] = useState<ReadonlyMap<number, Template>>(new Map())
  const [problem, setProblem] = useState<string | null>(null)
  const missing = versions.find((one) => one !== null && !texts.has(one)) ?? null
  useEffect(() => {
    if (missing === null) return
    let wanted = true
    templates.getVersion({ id, version: missing }).then(
      (text) => {
        if (!wanted) return
        setProblem(null)
        setTexts((before) => new Map([...before, [missing, text]]))
      },
      (error: unknown) => {
        if (wanted) setProblem(toWire(error).message)
      },
    )
    return () => {
      wanted = false
    }
  }, [templates, id, missing])
  return { texts, problem }
}
