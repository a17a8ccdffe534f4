import { Folder } from 'lucide-react'
import { bounds } from '../../../../../shared/domain/limits.ts'
import type { TemplateSources } from '../../../../../shared/domain/template/template.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Menu, MenuCheckItem, MenuChoices, MenuSeparator } from '../../../ui/Menu.tsx'
import { NumberInput } from '../../../ui/NumberInput.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { plural } from '../../../ui/format.ts'
import type { SettingsProps } from './settingsProps.ts'
import './SettingsPart.css'

/** Settings of passages of the library in the prompt. */
export function SourceSettings({ template, collections, onChange }: SettingsProps) {
  const { sources } = template
  const { scope } = sources
  const set = (change: Partial<TemplateSources>): void =>
    onChange({ sources: { ...sources, ...change } }, 'sources')
  const chosen = scope.kind === 'collections' ? scope.ids : []
  const names = collections.filter(({ id }) => chosen.includes(id)).map(({ name }) => name)
  const name =
    scope.kind === 'collections'
      ? names.join(', ') || plural(chosen.length, 'collection')
      : scope.kind === 'documents'
        ? plural(scope.ids.length, 'document')
        : 'All documents'

  function toggle(id: string, on: boolean): void {
    const ids = on ? [...chosen, id] : chosen.filter((other) => other !== id)
    set({ scope: ids.length === 0 ? { kind: 'all' } : { kind: 'collections', ids } })
  }

  return (
    <>
      <Field
        inline
        label="Look in your documents"
        hint="Passages that fit the input stand in the prompt, as many as there is room for."
      >
        {(control) => (
          <Switch
            {...control}
            checked={sources.retrieve}
            onChange={(retrieve) => set({ retrieve })}
          />
        )}
      </Field>
      {sources.retrieve && (
        <>
          <Field inline label="Which documents">
            {(control) => (
              <Menu
                align="end"
                trigger={
                  <Chip
                    {...control}
                    className="tpl-settings-chip"
                    icon={<Folder aria-hidden />}
                    aria-label={`Look in: ${name}`}
                  >
                    {name}
                  </Chip>
                }
              >
                <MenuChoices
                  value={scope.kind === 'all' ? 'all' : null}
                  choices={[{ value: 'all', label: 'All documents' }]}
                  onChange={() => set({ scope: { kind: 'all' } })}
                />
                {collections.length > 0 && <MenuSeparator />}
                {collections.map((one) => (
                  <MenuCheckItem
                    key={one.id}
                    checked={chosen.includes(one.id)}
                    onChange={(on) => toggle(one.id, on)}
                  >
                    {one.name}
                  </MenuCheckItem>
                ))}
              </Menu>
            )}
          </Field>
          <Field inline label="Passages, at most">
            {(control) => (
              <NumberInput
                {...control}
                value={sources.passages}
                {...bounds.templatePassages}
                onCommit={(passages) => set({ passages })}
              />
            )}
          </Field>
        </>
      )}
    </>
  )
}
