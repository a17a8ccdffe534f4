import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { longest } from '../../../../shared/domain/limits.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import './TemplateName.css'

export interface TemplateNameProps {
  readonly name: string
  readonly onChange: (name: string) => void
  readonly onBack: () => void
}

/** The name in the header, editable in place. It can't be empty. */
export function TemplateName({ name, onChange, onBack }: TemplateNameProps) {
  // The field may be empty while typing, but the template's name may not.
  const [empty, setEmpty] = useState(false)
  return (
    <div className="tpl-name">
      <IconButton label="All templates" icon={<ChevronLeft />} onClick={onBack} />
      <input
        className="tpl-name-input"
        aria-label="Name of the template"
        maxLength={longest.name}
        value={empty ? '' : name}
        onChange={(event) => {
          const next = event.target.value
          setEmpty(next.trim() === '')
          if (next.trim() !== '') onChange(next)
        }}
        onBlur={() => setEmpty(false)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
        }}
      />
    </div>
  )
}
