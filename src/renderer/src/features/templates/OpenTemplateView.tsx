import { templateTabs, type TemplateTab } from './templatesStore.ts'
import { useStore } from 'zustand'
import { Place } from '../../ui/Place.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { HistoryTab } from './history/HistoryTab.tsx'
import { LadderTab } from './LadderTab.tsx'
import { tabNames } from './tabNames.ts'
import { TemplateControls } from './TemplateControls.tsx'
import { TemplateName } from './TemplateName.tsx'
import type { OpenTemplateProps } from './templateView.ts'
import { TestTab } from './TestTab.tsx'
import { TryTab } from './try/TryTab.tsx'
import { useTemplateKeys } from './useTemplateKeys.ts'
import { WriteTab } from './write/WriteTab.tsx'

/** One template: its name and version, and its tabs. */
export function OpenTemplateView(props: OpenTemplateProps) {
  const { templates, open, actions } = props
  const tab = useStore(templates.store, (state) => state.tab)
  const saving = useStore(templates.store, (state) => state.saving)
  useTemplateKeys({ onSave: actions.save })
  const { name } = open.history.present

  function content(shown: TemplateTab) {
    switch (shown) {
      case 'write':
        return <WriteTab {...props} />
      case 'try':
        return <TryTab {...props} />
      case 'test':
        return <TestTab {...props} />
      case 'ladder':
        return <LadderTab {...props} />
      case 'history':
        return <HistoryTab {...props} />
    }
  }

  return (
    <Place
      title={name}
      heading={
        <TemplateName
          name={name}
          onBack={actions.close}
          onChange={(next) => templates.edit((template) => ({ ...template, name: next }), 'name')}
        />
      }
      actions={
        <TemplateControls open={open} saving={saving} templates={templates} actions={actions} />
      }
    >
      <Tabs
        takesLostFocus
        label="Template"
        value={tab}
        onChange={(next) => templates.show(next)}
        items={templateTabs.map((value) => ({
          value,
          label: tabNames[value],
          content: value === tab ? content(value) : null,
        }))}
      />
    </Place>
  )
}
