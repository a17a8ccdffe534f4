import type {
  InstalledModel,
  MachineFacts,
  ModelFacts,
} from '../../../../shared/domain/languageModel.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ModelFactsList } from './Facts.tsx'
import './path.css'

/** Details of an installed model. */
export function AboutDialog(props: {
  readonly model: InstalledModel
  readonly facts: ModelFacts
  readonly machine: MachineFacts | null
  readonly onClose: () => void
}) {
  const { model, facts, machine, onClose } = props
  return (
    <Dialog
      open
      title={model.name}
      width={520}
      onClose={onClose}
      actions={<Button onClick={onClose}>Done</Button>}
    >
      <div className="mono dim models-path">{model.file}</div>
      <ModelFactsList facts={facts} machine={machine} />
    </Dialog>
  )
}
