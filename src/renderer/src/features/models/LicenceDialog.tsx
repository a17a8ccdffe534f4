import type { AvailableModel } from '../../../../shared/contract/models.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import './path.css'
import './LicenceDialog.css'

export type Licence = AvailableModel['licence']

/** The name of a licence, and what accepting it means. */
export function LicenceDialog({
  licence,
  onClose,
}: {
  readonly licence: Licence
  readonly onClose: () => void
}) {
  return (
    <Dialog
      open
      title={licence.name}
      onClose={onClose}
      actions={<Button onClick={onClose}>Done</Button>}
    >
      <LicenceText licence={licence} />
    </Dialog>
  )
}

export function LicenceText({ licence }: { readonly licence: Licence }) {
  return (
    <div className="models-licence">
      <p>{licence.meaning}</p>
      {licence.gated && (
        <p>
          The publisher hands it out only to those who have accepted this licence on its site.
          Accept it there, download the file with your browser, then add it here.
        </p>
      )}
      <p className="mono dim models-path">{licence.url}</p>
    </div>
  )
}
