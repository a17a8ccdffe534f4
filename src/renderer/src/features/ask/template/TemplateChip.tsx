import { FilePlus, LayoutTemplate } from 'lucide-react'
import type { Starter, TemplateSummary } from '../../../../../shared/contract/templates.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { SearchMenu } from '../../../ui/SearchMenu.tsx'
import type { SearchListGroup } from '../../../ui/SearchList.tsx'

/** The templates and actions that Ask needs; provided by another feature. */
export interface TemplateChoices {
  readonly list: readonly TemplateSummary[]
  /** Whether the list has been read. */
  readonly listed: boolean
  readonly starters: readonly Starter[]
  /** @param id null: no template. */
  readonly onChoose: (id: string | null) => void
  /** Creates a template from a bundled one, and chooses it. */
  readonly onChooseStarter: (starter: Starter) => void
  readonly onWrite: () => void
  readonly onOpen: (id: string) => void
}

export interface TemplateChipProps {
  /** Id; null: none. */
  readonly template: string | null
  readonly choices: TemplateChoices
  /** Whether the conversation searches documents, independent of the template's own search. */
  readonly searches: boolean
}

/** Chooses the template for answers. */
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

/** Bundled templates from which the user hasn't created a template yet. */
function unused({ starters, list }: TemplateChoices): readonly Starter[] {
  return starters.filter(({ name }) => !list.some((one) => one.name === name))
}

const formatNames: Readonly<Record<TemplateSummary['formatKind'], string>> = {
  text: 'Text',
  label: 'One label',
  json: 'Fields',
}

/** A hint about the answers' format, their sources, and the version used. */
function hintOf(
  { formatKind, version, draft, retrieves }: TemplateSummary,
  searches: boolean,
): string {
  const form = `${formatNames[formatKind]}${searches && !retrieves ? ' + passages' : ''}`
  if (version === 0) return `${form}, not saved yet: saved as version 1 when chosen`
  const which = `${form}, version ${String(version)}`
  return draft ? `${which}; later changes are not saved` : which
}
