import { PanelRightOpen } from 'lucide-react'
import { useCallback, useMemo, useState, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import type { PreviewPart } from '../../../../../shared/contract/templates.ts'
import { longest } from '../../../../../shared/domain/limits.ts'
import {
  variablesOf,
  type InputValues,
  type Template,
} from '../../../../../shared/domain/template/template.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field, TextArea } from '../../../ui/Field.tsx'
import { InspectorLayout } from '../../../ui/InspectorLayout.tsx'
import { useMediaQuery } from '../../../ui/useMediaQuery.ts'
import { upTo } from '../../../ui/windowWidths.ts'
import type { TemplatesStore } from '../templatesStore.ts'
import type { OpenTemplateProps } from '../templateView.ts'
import { ExampleList } from './ExampleList.tsx'
import { FormatEditor } from './FormatEditor.tsx'
import { createHighlight, highlightsFromFields } from './highlight.ts'
import { Problems } from './Problems.tsx'
import { PromptPanel } from './PromptPanel.tsx'
import { SettingsPart } from './SettingsPart.tsx'
import { SuggestExamples } from './SuggestExamples.tsx'
import { useProblems } from './useProblems.ts'
import { usePreview } from './usePreview.ts'
import './section.css'
import './WriteTab.css'

/** The fields of a template, with the resulting prompt beside them. */
export function WriteTab(props: OpenTemplateProps) {
  const { api, templates, open, model } = props
  const template = open.history.present
  const narrow = useMediaQuery(upTo('inspector'))
  const prompt = useStore(templates.store, (state) => state.prompt)
  const promptShown = narrow ? prompt.narrow : prompt.wide
  const [highlight] = useState(createHighlight)
  const [column, setColumn] = useState<HTMLDivElement | null>(null)
  const [editing, setEditing] = useState<string | null>(null)
  const [suggesting, setSuggesting] = useState(false)
  const { instruction, input } = template
  const values = useMemo(() => placeholderValues({ instruction, input }), [instruction, input])
  const shown = usePreview(api, {
    template,
    values,
    model: `${model?.status ?? ''} ${model?.file ?? ''}`,
    arm: null,
  })
  const problems = useProblems(template)

  const goToPart = useCallback(
    (part: PreviewPart) => {
      if (part.kind === 'example') setEditing(part.ref)
      else column?.querySelector<HTMLElement>(`[data-part="${part.kind}"]`)?.focus()
    },
    [column],
  )
  const switchOff = useCallback(
    (id: string) =>
      templates.edit(
        (before) => ({
          ...before,
          examples: before.examples.map((one) =>
            one.id === id ? { ...one, enabled: false } : one,
          ),
        }),
        `enabled-${id}`,
      ),
    [templates],
  )
  const lightInstruction = useMemo(
    () => highlightsFromFields(highlight, 'instruction'),
    [highlight],
  )

  return (
    <InspectorLayout
      label="Prompt"
      name="templates"
      width={440}
      onClose={() => templates.showPrompt(narrow, false)}
      inspector={
        promptShown ? (
          <PromptPanel
            shown={shown}
            examples={template.examples}
            highlight={highlight}
            onPart={goToPart}
            onSwitchOff={switchOff}
            onClose={() => templates.showPrompt(narrow, false)}
          />
        ) : null
      }
    >
      <div
        ref={setColumn}
        className="tpl-write"
        onKeyDown={(event) => undoInPlace(event, templates)}
      >
        <div className="tpl-write-column">
          {!promptShown && (
            <div className="tpl-write-prompt">
              <TokenSummary shown={shown} />
              <Button icon={<PanelRightOpen />} onClick={() => templates.showPrompt(narrow, true)}>
                Show the prompt
              </Button>
            </div>
          )}
          <div className="tpl-section" {...lightInstruction}>
            <Field quiet label="Instruction">
              {(control) => (
                <TextArea
                  {...control}
                  data-part="instruction"
                  maxLength={longest.instruction}
                  placeholder="What the model is to do, in a sentence or two"
                  value={template.instruction}
                  onChange={(event) => {
                    const { value } = event.target
                    templates.edit((before) => ({ ...before, instruction: value }), 'instruction')
                  }}
                />
              )}
            </Field>
            <Problems problems={problems.instruction} />
          </div>
          <FormatEditor
            format={template.format}
            problems={problems.format}
            highlight={highlight}
            onChange={(format, about) => templates.edit((before) => ({ ...before, format }), about)}
          />
          <SettingsPart
            template={template}
            problems={problems}
            collections={props.collections}
            onChange={(change, about) =>
              templates.edit((before) => ({ ...before, ...change }), about)
            }
          />
          <ExampleList
            api={api}
            template={template}
            onSuggest={() => setSuggesting(true)}
            scroller={column}
            editing={editing}
            onEditing={setEditing}
            exampleTokens={shown.preview?.exampleTokens ?? null}
            problems={problems.examples}
            highlight={highlight}
            onChange={(change, about) =>
              templates.edit((before) => ({ ...before, examples: change(before.examples) }), about)
            }
          />
        </div>
      </div>
      {suggesting && (
        <SuggestExamples
          api={api}
          templates={templates}
          open={open}
          onClose={() => setSuggesting(false)}
        />
      )}
    </InspectorLayout>
  )
}

/** No row: placeholders stay in the prompt, and so do sections. */
function placeholderValues(texts: Pick<Template, 'instruction' | 'input'>): InputValues {
  return Object.fromEntries(variablesOf(texts).map((name) => [name, `<${name}>`]))
}

/** One undo history for the whole template: a text field's own doesn't know other changes. */
function undoInPlace(event: KeyboardEvent, templates: TemplatesStore): void {
  const inside = event.target instanceof Node && event.currentTarget.contains(event.target)
  if (!inside || !(event.metaKey || event.ctrlKey) || event.altKey) return
  const again = (event.code === 'KeyZ' && event.shiftKey) || event.code === 'KeyY'
  if (!again && event.code !== 'KeyZ') return
  event.preventDefault()
  if (again) templates.redo()
  else templates.undo()
}

function TokenSummary({ shown }: { readonly shown: ReturnType<typeof usePreview> }) {
  const { preview } = shown
  if (preview?.tokens == null) return <span className="grow" />
  const { total, reserve, context } = preview.tokens
  return (
    <span className={preview.fits ? 'grow dim num' : 'grow tpl-bad num'}>
      {preview.fits ? '' : 'Does not fit: '}
      {`${String(total + reserve)} of ${String(context)} tokens`}
    </span>
  )
}
