import { FilePlus, LayoutTemplate } from 'lucide-react'
import type { Starter, TemplateSummary } from '../../../../../shared/contract/templates.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { SearchMenu } from '../../../ui/SearchMenu.tsx'
import type { SearchListGroup } from '../../../ui/SearchList.tsx'

/** What asking needs of the templates; another feature keeps them. */
export interface TemplateChoices {
  readonly list: readonly TemplateSummary[]
  /** Whether the list has been read. */
  readonly listed: boolean
  readonly starters: readonly Starter[]
  /** @param id null: answers follow none. */
  readonly onChoose: (id: string | null) => void
  /** Makes a template of one that ships with the app, and chooses it. */
  readonly onChooseStarter: (starter: Starter) => void
  readonly onWrite: () => void
  readonly onOpen: (id: string) => void
}

export interface TemplateChipProps {
  /** Id; null: none. */
  readonly template: string | null
  readonly choices: TemplateChoices
  /** Whether the conversation searches documents, whatever the template does by itself. */
  readonly searches: boolean
}

/** The template that answers follow. */
export function TemplateChip({ template, choices, searches }: TemplateChipProps) {
  const name = template === null ? 'No template' : templateName(template, choices)
  const chosen = choices.list.find(({ id }) => id === template)
  const adds = searches && chosen?.retrieves === false
  return (
    <SearchMenu
      side="top"
      label="Template"
      placeholder="Find a template"
      none="No template has that name."
      groups={() => groupsOf(template, choices, searches)}
      trigger={
        <Chip
          icon={<LayoutTemplate aria-hidden />}
          aria-label={`Template: ${name}${adds ? ', with passages' : ''}`}
          title={adds ? addsPassages : undefined}
        >
          {name}
          {adds && <span className="dim"> + passages</span>}
        </Chip>
      }
    />
  )
}

const addsPassages =
  'By itself this template searches no documents. Here it is given passages of them; choose No documents to leave them out.'

export function templateName(
  template: string | null,
  { list, listed }: Pick<TemplateChoices, 'list' | 'listed'>,
): string {
  if (template === null) return 'No template'
  const known = list.find(({ id }) => id === template)
  return known?.name ?? (listed ? 'Deleted template' : '…')
}

function groupsOf(
  template: string | null,
  choices: TemplateChoices,
  searches: boolean,
): readonly SearchListGroup[] {
  return [
    {
      title: '',
      items: [
        {
          id: 'none',
          label: 'None',
          hint: 'Answers are prose or quotations.',
          checked: template === null,
          onSelect: () => choices.onChoose(null),
        },
      ],
    },
    {
      title: 'Your templates',
      items: choices.list.map((one) => ({
        id: one.id,
        label: one.name,
        hint: hintOf(one, searches),
        checked: one.id === template,
        onSelect: () => choices.onChoose(one.id),
      })),
    },
    {
      title: 'Begin with',
      items: unused(choices).map((starter) => ({
        id: `starter-${starter.id}`,
        label: starter.name,
        hint: starter.description,
        onSelect: () => choices.onChooseStarter(starter),
      })),
    },
    {
      title: '',
      items: [
        {
          id: 'write',
          label: 'Write a new template…',
          icon: <FilePlus aria-hidden />,
          onSelect: choices.onWrite,
        },
      ],
    },
  ]
}

/** Those that one has not made a template of already. */
function unused({ starters, list }: TemplateChoices): readonly Starter[] {
  return starters.filter(({ name }) => !list.some((one) => one.name === name))
}

const formatNames: Readonly<Record<TemplateSummary['formatKind'], string>> = {
  text: 'Text',
  label: 'One label',
  json: 'Fields',
}

/** What answers look like, what they are given, and which text of the template they follow. */
function hintOf(
  { formatKind, version, draft, retrieves }: TemplateSummary,
  searches: boolean,
): string {
  const form = `${formatNames[formatKind]}${searches && !retrieves ? ' + passages' : ''}`
  if (version === 0) return `${form}, not saved yet: saved as version 1 when chosen`
  const which = `${form}, version ${String(version)}`
  return draft ? `${which}; later changes are not saved` : which
}
