import { Copy, Ellipsis, FileInput, Plus, Trash2 } from 'lucide-react'
import { useStore } from 'zustand'
import type { Starter, TemplateSummary } from '../../../../shared/contract/templates.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatDate, plural } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { Place } from '../../ui/Place.tsx'
import { newTemplate } from './newTemplate.ts'
import type { TemplateActions } from './templateActions.ts'
import type { TemplatesStore } from './templatesStore.ts'
import './TemplateList.css'

export interface TemplateListProps {
  readonly templates: TemplatesStore
  readonly actions: TemplateActions
  /** Whether a template is being opened. */
  readonly busy: boolean
}

/** The user's templates, and bundled ones to start from. */
export function TemplateList({ templates, actions, busy }: TemplateListProps) {
  const { value, known, problem } = useStore(templates.lists)
  const { list, starters } = value
  if (problem !== null) {
    return (
      <Place title="Templates">
        <EmptyState
          title="The templates cannot be shown"
          actions={<Button onClick={() => void templates.lists.reload()}>Try again</Button>}
        >
          {problem}
        </EmptyState>
      </Place>
    )
  }
  return (
    <Place
      title="Templates"
      actions={
        <>
          <Button icon={<FileInput />} onClick={actions.importFile}>
            Import file
          </Button>
          <Button
            variant="primary"
            icon={<Plus />}
            disabled={busy}
            onClick={() => actions.create(newTemplate())}
          >
            New template
          </Button>
        </>
      }
    >
      <div className="tpl-list" aria-busy={busy}>
        {list.length > 0 ? (
          <section aria-labelledby="tpl-own">
            <h2 id="tpl-own" className="tpl-list-heading">
              Your templates
            </h2>
            <ul className="tpl-rows">
              {[...list].sort(newestFirst).map((one) => (
                <TemplateRow key={one.id} template={one} actions={actions} />
              ))}
            </ul>
          </section>
        ) : (
          known && (
            <p className="tpl-list-intro">
              A template tells the model what to do and in which form to answer, and shows it
              examples. Write one, try it, and measure on your own rows whether the examples help.
            </p>
          )
        )}
        {starters.length > 0 && (
          <section aria-labelledby="tpl-starters">
            <h2 id="tpl-starters" className="tpl-list-heading">
              {list.length > 0
                ? 'Begin from one of these'
                : 'Begin from one of these, or from nothing'}
            </h2>
            <ul className="tpl-starters">
              {starters.map((starter) => (
                <li key={starter.id}>
                  <StarterCard
                    starter={starter}
                    disabled={busy}
                    onChoose={() => actions.create(starter.template)}
                  />
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Place>
  )
}

function TemplateRow({
  template,
  actions,
}: {
  readonly template: TemplateSummary
  readonly actions: TemplateActions
}) {
  const { id, name } = template
  return (
    <li className="tpl-row">
      <button type="button" className="tpl-row-open" onClick={() => actions.open(id)}>
        <span className="tpl-row-name cut">{name}</span>
        <span className="dim cut">{template.description}</span>
      </button>
      <span className="tpl-row-facts">
        <Tag>{formatNames[template.formatKind]}</Tag>
        <span className="num">{plural(template.examples, 'example')}</span>
        <span>{template.draft ? 'unsaved changes' : `version ${String(template.version)}`}</span>
        <span className="tpl-row-date num">{formatDate(template.updatedAt)}</span>
      </span>
      <Menu align="end" trigger={<IconButton label={`More about ${name}`} icon={<Ellipsis />} />}>
        <MenuItem icon={<Copy />} onSelect={() => actions.duplicate(id)}>
          Duplicate
        </MenuItem>
        <MenuItem danger icon={<Trash2 />} onSelect={() => actions.remove(template)}>
          Delete
        </MenuItem>
      </Menu>
    </li>
  )
}

function StarterCard({
  starter,
  disabled,
  onChoose,
}: {
  readonly starter: Starter
  readonly disabled: boolean
  readonly onChoose: () => void
}) {
  const { name, description, template } = starter
  return (
    <button type="button" className="tpl-starter" disabled={disabled} onClick={onChoose}>
      <span className="tpl-starter-name">{name}</span>
      <span className="dim">{description}</span>
      <span className="faint num">
        {formatNames[template.format.kind]} · {plural(template.examples.length, 'example')}
        {template.sources.retrieve && ' · reads your documents'}
      </span>
    </button>
  )
}

const formatNames: Readonly<Record<TemplateSummary['formatKind'], string>> = {
  text: 'Text',
  label: 'One label',
  json: 'JSON fields',
}

function newestFirst(left: TemplateSummary, right: TemplateSummary): number {
  return right.updatedAt.localeCompare(left.updatedAt)
}
