import { checkedStores, type DataFault } from '../../../../shared/domain/dataFault.ts'
import { faultSentence, repairSentence, storeNames } from '../../../../shared/dataFaultWords.ts'
import { Button } from '../../ui/Button.tsx'
import { plural } from '../../ui/format.ts'
import { dataCheckWords as words } from './dataCheckWords.ts'
import './DataCheckSection.css'

/** Faults shown of one kind of data: thousands have one cause, and "Repair all" is for all. */
const mostShown = 50

export interface FaultListProps {
  readonly faults: readonly DataFault[]
  readonly onRepair: (id: string) => void
}

/** What is damaged, by the kind of data, each with what a repair would do. */
export function FaultList({ faults, onRepair }: FaultListProps) {
  return checkedStores.map((store) => {
    const own = faults.filter((fault) => fault.store === store)
    if (own.length === 0) return null
    const hidden = own.length - mostShown
    return (
      <section key={store} aria-label={storeNames[store]} className="data-faults">
        <h3 className="data-faults-title">{storeNames[store]}</h3>
        <ul>
          {own.slice(0, mostShown).map((fault) => (
            <Fault key={fault.id} fault={fault} onRepair={onRepair} />
          ))}
        </ul>
        {hidden > 0 && <p className="dim">and {plural(hidden, 'more', 'more')}</p>}
      </section>
    )
  })
}

function Fault({
  fault,
  onRepair,
}: {
  readonly fault: DataFault
  readonly onRepair: (id: string) => void
}) {
  const { id, name, repair } = fault
  return (
    <li className="data-fault">
      <div className="data-fault-text">
        <div className="data-fault-name">{name}</div>
        <div>{faultSentence(fault)}</div>
        <div className="dim">{repairSentence(fault)}</div>
      </div>
      {repair !== null && (
        <Button size="small" aria-label={`${words.repair} ${name}`} onClick={() => onRepair(id)}>
          {words.repair}
        </Button>
      )}
    </li>
  )
}
