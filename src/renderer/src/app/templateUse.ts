import type { Starter } from '../../../shared/contract/templates.ts'
import type { Turn } from '../../../shared/domain/conversation.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import { exampleFromAnswer } from '../features/ask/template/exampleFromAnswer.ts'
import { showError, showToast } from '../ui/toasts.ts'
import type { WindowParts } from './windowParts.ts'

/** Actions that connect Ask and Templates. */
export interface TemplateUse {
  /** Uses a template for the following answers. @param id null: none. */
  readonly answerWith: (id: string | null) => void
  readonly answerWithStarter: (starter: Starter) => void
  /** Adds question and answer to the examples of a template, and shows it as a draft. */
  readonly addExample: (id: string, turn: Turn) => void
}

type TemplateUseDeps = Pick<WindowParts, 'api' | 'ask' | 'templates' | 'navigation' | 'mirror'>

export function createTemplateUse(parts: TemplateUseDeps): TemplateUse {
  const { api, ask, templates, navigation, mirror } = parts

  function attempt(work: () => Promise<void>, fallback: string): void {
    work().catch((error: unknown) => showError(error, fallback))
  }

  /** Answers record the version of their template, so a version is required. */
  async function saveFirst(id: string): Promise<void> {
    if (templates.store.getState().open?.id === id) await templates.save()
    else {
      const { template } = await api.templates.get({ id })
      await api.templates.save({ id, template, name: null })
    }
    showToast('The template was saved as version 1: answers say which version they follow.')
  }

  async function choose(id: string): Promise<void> {
    const known = mirror.templates.getState().value.list.find((one) => one.id === id)
    if (known?.version === 0) await saveFirst(id)
    ask.setTemplate(id)
  }

  /** @param change changes the template in the editor. */
  async function change(
    id: string,
    about: string,
    apply: (template: Template) => Template,
  ): Promise<void> {
    if (templates.store.getState().open?.id === id) {
      templates.edit(apply, about)
      return
    }
    const { template } = await api.templates.get({ id })
    await api.templates.keepDraft({ id, template: apply(template) })
  }

  async function addExample(id: string, turn: Turn): Promise<void> {
    if (templates.store.getState().open?.id === id) templates.show('write')
    else await templates.open(id)
    const added = crypto.randomUUID()
    await change(id, `add-${added}`, (template) => ({
      ...template,
      examples: [...template.examples, { ...exampleFromAnswer(template, turn), id: added }],
    }))
    navigation.setState({ place: 'templates', overlay: null })
    showToast('Added as the last example. Look it over, then save.', {
      undo: () =>
        attempt(
          () =>
            change(id, `remove-${added}`, (template) => ({
              ...template,
              examples: template.examples.filter((one) => one.id !== added),
            })),
          'The example could not be taken back. Remove it in the template.',
        ),
    })
  }

  return {
    answerWith(id) {
      if (id === null) ask.setTemplate(null)
      else attempt(() => choose(id), 'The template could not be chosen. Try again.')
    },
    answerWithStarter: (starter) =>
      attempt(async () => {
        const { id } = await api.templates.create({ template: starter.template })
        await api.templates.save({ id, template: starter.template, name: null })
        ask.setTemplate(id)
      }, 'The template could not be made. Try again.'),
    addExample: (id, turn) =>
      attempt(() => addExample(id, turn), 'The answer could not be made an example. Try again.'),
  }
}
