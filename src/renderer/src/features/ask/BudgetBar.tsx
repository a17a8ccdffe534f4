import type { TokenBudget } from '../../../../shared/domain/conversation.ts'
import { classNames } from '../../ui/classNames.ts'
import { formatCount } from '../../ui/format.ts'
import { budgetParts, type BudgetPart } from './promptParts.ts'
import './promptColours.css'
import './inspectorParts.css'
import './BudgetBar.css'

export interface BudgetBarProps {
  readonly budget: TokenBudget
  /** The highlighted part, hovered here or in the prompt. */
  readonly lit: BudgetPart | null
  readonly onLight: (part: BudgetPart | null) => void
  /** Scrolls to a part in the prompt. */
  readonly onShow: (part: BudgetPart) => void
}

/** How the context is used. Hovering a part highlights it in the prompt too. */
export function BudgetBar({ budget, lit, onLight, onShow }: BudgetBarProps) {
  const used = budgetParts.reduce((sum, { key }) => sum + budget[key], 0)
  const shown = budgetParts.filter(({ key }) => budget[key] > 0)
  return (
    <section className={classNames('pk-budget', lit !== null && 'has-lit')}>
      <div className="row">
        <h3 className="pk-inspector-heading grow">Where the room went</h3>
        <span className="faint num">
          {formatCount(used)} of {formatCount(budget.context)} tokens
        </span>
      </div>
      <div className="pk-budget-bar" aria-hidden>
        {shown.map(({ key, colour }) => (
          <span
            key={key}
            className={classNames(
              'pk-budget-part',
              `is-${String(colour)}`,
              key === lit && 'is-lit',
            )}
            style={{ width: `${String((budget[key] / budget.context) * 100)}%` }}
            onPointerEnter={() => onLight(key)}
            onPointerLeave={() => onLight(null)}
            onClick={() => onShow(key)}
          />
        ))}
      </div>
      <ul className="pk-budget-legend">
        {shown.map(({ key, name, colour }) => (
          <li key={key}>
            <button
              type="button"
              className={classNames('pk-budget-name', key === lit && 'is-lit')}
              onPointerEnter={() => onLight(key)}
              onPointerLeave={() => onLight(null)}
              onFocus={() => onLight(key)}
              onBlur={() => onLight(null)}
              onClick={() => onShow(key)}
            >
              <i aria-hidden className={`pk-budget-part is-${String(colour)}`} />
              {name} <span className="num">{formatCount(budget[key])}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
