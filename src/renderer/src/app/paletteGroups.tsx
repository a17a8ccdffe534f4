import {
  ChartNoAxesColumn,
  Download,
  FilePlus,
  FileText,
  FolderOpen,
  FolderPlus,
  History,
  Keyboard,
  ListTodo,
  MessageSquareText,
  Moon,
  PanelLeft,
  PanelRight,
  Pause,
  PenLine,
  Play,
  Square,
  SquarePen,
  Sun,
  SunMoon,
  TestTubeDiagonal,
} from 'lucide-react'
import type { TemplateSummary } from '../../../shared/contract/templates.ts'
import type { ConversationSummary } from '../../../shared/domain/conversation.ts'
import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import type { Settings } from '../../../shared/domain/settings.ts'
import type { PaletteAction, PaletteGroup } from '../features/palette/CommandPalette.tsx'
import { tabNames } from '../features/templates/tabNames.ts'
import { templateTabs, type TemplateTab } from '../features/templates/templatesStore.ts'
import { places, type PlaceName } from './navigation.ts'
import { action } from './paletteAction.ts'
import { modelActions, type PaletteModelActions, type PaletteModels } from './paletteModels.tsx'
import { placeIcons, placeNames } from './Rail.tsx'
import { placeKey } from './shortcuts.ts'

export interface PaletteState extends PaletteModels {
  readonly inBrowser: boolean
  readonly conversations: readonly ConversationSummary[]
  readonly documents: ReadonlyMap<string, LibraryDocument>
  readonly importing: boolean
  readonly paused: boolean
  readonly answering: boolean
  /** The open conversation; null for a new one. */
  readonly conversation: string | null
  readonly templates: readonly TemplateSummary[]
  /** Id of the template for answers; null: none. */
  readonly template: string | null
  /** Whether a template is shown. */
  readonly templateOpen: boolean
}

export interface PaletteActions extends PaletteModelActions {
  readonly goTo: (place: PlaceName) => void
  readonly newConversation: () => void
  readonly choose: (choice: 'files' | 'folder') => void
  readonly openConversation: (id: string) => void
  readonly openDocument: (id: string) => void
  readonly openTemplate: (id: string) => void
  readonly newTemplate: () => void
  readonly showTemplateTab: (tab: TemplateTab) => void
  readonly setTheme: (theme: Settings['theme']) => void
  readonly toggleRail: () => void
  readonly toggleInspector: () => void
  readonly showShortcuts: () => void
  readonly showJobs: () => void
  readonly pause: () => void
  readonly resume: () => void
  readonly answerWith: (template: string | null) => void
  readonly stopAnswer: () => void
  readonly exportConversation: () => void
}

/** With more documents they aren't listed in the palette; the library has its own filter. */
const documentsListed = 300

export function paletteGroups(state: PaletteState, act: PaletteActions): readonly PaletteGroup[] {
  const key = placeKey(state.inBrowser)
  return [
    {
      title: 'Do',
      actions: [
        action('new', 'New conversation', act.newConversation, <SquarePen />, `${key}+N`),
        action('import', 'Import files', () => act.choose('files'), <FolderOpen />, `${key}+O`),
        action('import-folder', 'Import a folder', () => act.choose('folder'), <FolderPlus />),
        action('new-template', 'New template', act.newTemplate, <FilePlus />),
        ...whileRunning(state, act),
        ...(state.conversation === null
          ? []
          : [
              action(
                'export',
                'Export this conversation as Markdown',
                act.exportConversation,
                <Download />,
              ),
            ]),
      ],
    },
    {
      title: 'Go to',
      actions: places.map((place, index) =>
        action(
          `place-${place}`,
          placeNames[place],
          () => act.goTo(place),
          placeIcons[place],
          `${key}+${String(index + 1)}`,
        ),
      ),
    },
    ...(state.templateOpen
      ? [
          {
            title: 'This template',
            actions: templateTabs.map((tab) =>
              action(
                `template-${tab}`,
                tabNames[tab],
                () => act.showTemplateTab(tab),
                tabIcons[tab],
              ),
            ),
          },
        ]
      : []),
    { title: 'Models', actions: modelActions(state, act) },
    {
      title: 'Window',
      actions: [
        action('rail', 'Narrow or widen the rail', act.toggleRail, <PanelLeft />, 'Mod+B'),
        action(
          'inspector',
          'Open or close the inspector',
          act.toggleInspector,
          <PanelRight />,
          'Mod+I',
        ),
        action('light', 'Light theme', () => act.setTheme('light'), <Sun />),
        action('dark', 'Dark theme', () => act.setTheme('dark'), <Moon />),
        action('system', 'Theme of the system', () => act.setTheme('system'), <SunMoon />),
        action('jobs', 'Background work', act.showJobs, <ListTodo />),
        action('keys', 'Keyboard shortcuts', act.showShortcuts, <Keyboard />, '?'),
      ],
    },
    {
      title: 'Templates',
      actions: state.templates.map(({ id, name }) =>
        action(`open-template-${id}`, name, () => act.openTemplate(id), placeIcons.templates),
      ),
    },
    {
      title: 'Answer with template',
      actions: [
        ...(state.template === null
          ? []
          : [
              action(
                'answer-without-template',
                'Answer without a template',
                () => act.answerWith(null),
                placeIcons.ask,
              ),
            ]),
        ...state.templates
          .filter(({ id }) => id !== state.template)
          .map(({ id, name }) =>
            action(
              `answer-with-${id}`,
              `Answer with template ${name}`,
              () => act.answerWith(id),
              placeIcons.ask,
            ),
          ),
      ],
    },
    {
      title: 'Conversations',
      actions: state.conversations.map(({ id, title }) =>
        action(`conversation-${id}`, title, () => act.openConversation(id), <MessageSquareText />),
      ),
    },
    {
      title: 'Documents',
      actions: [...state.documents.values()]
        .filter(({ contentId }) => contentId !== null)
        .slice(0, documentsListed)
        .map(({ id, name }) =>
          action(`document-${id}`, name, () => act.openDocument(id), <FileText />),
        ),
    },
  ]
}

const tabIcons: Readonly<Record<TemplateTab, PaletteAction['icon']>> = {
  write: <PenLine />,
  try: <Play />,
  test: <TestTubeDiagonal />,
  ladder: <ChartNoAxesColumn />,
  history: <History />,
}

function whileRunning(state: PaletteState, act: PaletteActions): readonly PaletteAction[] {
  return [
    ...(state.answering ? [action('stop', 'Stop the answer', act.stopAnswer, <Square />)] : []),
    ...(state.importing && !state.paused
      ? [action('pause', 'Pause the import', act.pause, <Pause />)]
      : []),
    ...(state.importing && state.paused
      ? [action('resume', 'Go on importing', act.resume, <Play />)]
      : []),
  ]
}
