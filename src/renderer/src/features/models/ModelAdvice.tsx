import { useMemo } from 'react'
import type { ModelState } from '../../../../shared/contract/models.ts'
import { useModelLists } from '../../mirror/useModelLists.ts'
import { Button } from '../../ui/Button.tsx'
import type { ModelsStore } from './modelsStore.ts'
import { adviseModel } from './recommend.ts'
import './ModelAdvice.css'

export interface ModelAdviceProps {
  readonly models: ModelsStore
  readonly model: ModelState | null
  readonly onOpenModels: () => void
}

/** A line that recommends a better model while the demo model is in use; else nothing. */
export function ModelAdvice({ models, model, onOpenModels }: ModelAdviceProps) {
  const { installed, catalogue, known } = useModelLists(models.mirror)
  const advice = useMemo(
    () => adviseModel(model, installed, catalogue),
    [model, installed, catalogue],
  )
  if (!known || advice === null) return null
  const name = advice.kind === 'use' ? advice.model.name : advice.entry.name
  return (
    <p className="models-advice">
      The demo model quotes your documents and does not reason.{' '}
      {advice.kind === 'use'
        ? `${name} is installed and could write the answers.`
        : `This machine can run ${name}, which writes.`}{' '}
      <Button variant="link" onClick={onOpenModels}>
        Show under Models
      </Button>
    </p>
  )
}
