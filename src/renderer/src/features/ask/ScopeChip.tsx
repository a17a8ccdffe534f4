import { FileText, Folder, MessageCircleOff } from 'lucide-react'
import type { Scope } from '../../../../shared/domain/conversation.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Menu, MenuCheckItem, MenuChoices, MenuLabel, MenuSeparator } from '../../ui/Menu.tsx'
import { scopeName, type ScopeNames } from './scopeName.ts'

export interface ScopeChipProps extends ScopeNames {
  readonly scope: Scope
  readonly onChange: (scope: Scope) => void
}

/** Chooses the scope of the next question. */
export function ScopeChip({ scope, onChange, ...names }: ScopeChipProps) {
  const chosen = scope.kind === 'collections' ? scope.ids : []
  const name = scopeName(scope, names)
  const icon =
    scope.kind === 'none' ? (
      <MessageCircleOff aria-hidden />
    ) : scope.kind === 'documents' ? (
      <FileText aria-hidden />
    ) : (
      <Folder aria-hidden />
    )

  function toggle(id: string, on: boolean): void {
    const ids = on ? [...chosen, id] : chosen.filter((other) => other !== id)
    onChange(ids.length === 0 ? { kind: 'all' } : { kind: 'collections', ids })
  }

  return (
    <Menu
      side="top"
      trigger={
        <Chip icon={icon} aria-label={`Answer from: ${name}`}>
          {name}
        </Chip>
      }
    >
      <MenuLabel>Answer from</MenuLabel>
      <MenuChoices
        value={scope.kind === 'all' || scope.kind === 'none' ? scope.kind : null}
        choices={[
          { value: 'all', label: 'All documents' },
          {
            value: 'none',
            label: 'No documents',
            hint: 'Plain chat with the model. Nothing is checked.',
          },
        ]}
        onChange={(kind) => onChange({ kind })}
      />
      {scope.kind === 'documents' && (
        <>
          <MenuSeparator />
          <MenuChoices
            value="documents"
            choices={[{ value: 'documents', label: name }]}
            onChange={() => undefined}
          />
        </>
      )}
      {names.collections.length > 0 && (
        <>
          <MenuSeparator />
          <MenuLabel>Collections</MenuLabel>
          {names.collections.map((collection) => (
            <MenuCheckItem
              key={collection.id}
              checked={chosen.includes(collection.id)}
              onChange={(on) => toggle(collection.id, on)}
            >
              {collection.name}
            </MenuCheckItem>
          ))}
        </>
      )}
    </Menu>
  )
}
