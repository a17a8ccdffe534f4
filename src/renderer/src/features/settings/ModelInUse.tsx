import type { ModelState } from '../../../../shared/contract/models.ts'
import { Button } from '../../ui/Button.tsx'
import './SettingsPlace.css'
import './ModelInUse.css'

export interface ModelInUseProps {
  readonly model: ModelState | null
  readonly onOpenModels: () => void
}

/** The model that the settings below belong to. It is chosen in Models. */
export function ModelInUse({ model, onOpenModels }: ModelInUseProps) {
  return (
    <div className="settings-line">
      <div className="settings-model">
        <span className="settings-label">Model</span>
        <span className="dim cut">{model?.name ?? '…'}</span>
      </div>
      <Button onClick={onOpenModels}>Choose under Models</Button>
    </div>
  )
}
