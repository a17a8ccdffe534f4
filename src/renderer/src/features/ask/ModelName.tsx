import type { ModelState } from '../../../../shared/contract/models.ts'
import { Button } from '../../ui/Button.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import './ModelName.css'

export interface ModelNameProps {
  readonly model: ModelState | null
  readonly passagesOnly: boolean
  readonly onOpenModels: () => void
}

/** The model in use, beside the composer. A click opens Models. */
export function ModelName({ model, passagesOnly, onOpenModels }: ModelNameProps) {
  const { name, hint } = describe(model, passagesOnly)
  return (
    <Tooltip text={hint} side="top">
      <Button variant="quiet" className="pk-model" onClick={onOpenModels}>
        {name}
      </Button>
    </Tooltip>
  )
}

function describe(
  model: ModelState | null,
  passagesOnly: boolean,
): { readonly name: string; readonly hint: string } {
  if (passagesOnly || model?.status === 'none') {
    return { name: 'Passages only', hint: 'No model answers; the best passages are shown.' }
  }
  if (model === null) return { name: '…', hint: 'Looking for the model' }
  if (model.status === 'failed') {
    return {
      name: 'Passages only: no model',
      hint: model.error?.message ?? 'The model could not be loaded.',
    }
  }
  const loading = model.status === 'loading' || model.status === 'measuring'
  if (model.demo) {
    return {
      name: 'Demo model: quotes, does not reason',
      hint: 'For written answers choose a LLaMA 2 file under Models',
    }
  }
  return {
    name: loading ? `${model.name}, starting` : model.name,
    hint: 'What answers. Change it under Models',
  }
}
