import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { variablesOf, type Template } from '../../../../../shared/domain/template/template.ts'
import { plural } from '../../../ui/format.ts'
import { AnswerSettings } from './AnswerSettings.tsx'
import { ChoiceSettings } from './ChoiceSettings.tsx'
import { InputSettings } from './InputSettings.tsx'
import { SourceSettings } from './SourceSettings.tsx'
import type { SettingsProps } from './settingsProps.ts'
import './section.css'
import './SettingsPart.css'

/** Rarely changed settings, collapsed to a line with their values. */
export function SettingsPart(props: SettingsProps) {
  const { template, problems } = props
  const [wished, setWished] = useState(false)
  const id = useId()
  const opened =
    wished || [...problems.input, ...problems.choice].some(({ severity }) => severity === 'error')
  return (
    <section className="tpl-section" aria-label="How it is asked">
      <button
        type="button"
        className="tpl-settings-fold"
        aria-expanded={opened}
        aria-controls={id}
        onClick={() => setWished(!opened)}
      >
        <ChevronRight aria-hidden />
        <span className="tpl-section-title">How it is asked</span>
        {!opened && <span className="dim cut">{inWords(template)}</span>}
      </button>
      <div id={id} className="tpl-settings-body" hidden={!opened}>
        {opened && (
          <>
            <InputSettings {...props} />
            <ChoiceSettings {...props} />
            <AnswerSettings {...props} />
            <SourceSettings {...props} />
          </>
        )}
      </div>
    </section>
  )
}

function inWords(template: Template): string {
  const { decoding, sources, choice, layout } = template
  const others = variablesOf(template).filter((name) => name !== 'INPUT')
  return [
    ...(others.length > 0 ? [plural(others.length + 1, 'variable')] : []),
    layout === 'chat' ? 'examples as chat' : 'examples as text',
    ...(choice.kind === 'all' ? [] : [choiceWords[choice.kind]]),
    decoding.temperature === 0 ? 'temperature 0' : `temperature ${String(decoding.temperature)}`,
    `at most ${plural(decoding.maxTokens, 'token')}`,
    ...(template.format.kind === 'text' ? [] : [decoding.grammar ? 'grammar on' : 'grammar off']),
    ...(sources.retrieve ? [`reads ${plural(sources.passages, 'passage')}`] : ['no documents']),
  ].join(' · ')
}

const choiceWords = {
  none: 'no examples',
  ids: 'chosen examples',
  random: 'random examples',
  shuffled: 'shuffled examples',
  nearest: 'nearest examples',
  varied: 'varied examples',
} as const
