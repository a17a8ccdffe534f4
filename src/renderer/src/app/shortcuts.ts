import { useEffect, useRef } from 'react'
import { places, type PlaceName } from './navigation.ts'

/** A keyboard shortcut of the window. `Mod` is Cmd on a Mac, else Ctrl. */
export interface Shortcut {
  readonly keys: string
  readonly does: string
}

export interface ShortcutGroup {
  readonly title: string
  readonly shortcuts: readonly Shortcut[]
}

/**
 * Browsers reserve Ctrl+1, Ctrl+N and Ctrl+O; with Alt they reach the page. Both variants work in
 * both shells; the one shown always works in the current shell.
 */
export function placeKey(inBrowser: boolean): 'Alt' | 'Mod' {
  return inBrowser ? 'Alt' : 'Mod'
}

export function shortcutGroups(inBrowser: boolean): readonly ShortcutGroup[] {
  const key = placeKey(inBrowser)
  return [
    {
      title: 'Everywhere',
      shortcuts: [
        { keys: 'Mod+K', does: 'Find any action, conversation or document' },
        { keys: `${key}+1 … 5`, does: 'Go to Ask, Library, Templates, Models, Settings' },
        { keys: `${key}+N`, does: 'New conversation' },
        { keys: `${key}+O`, does: 'Import files' },
        { keys: 'Mod+B', does: 'Narrow or widen the rail' },
        { keys: '?', does: 'Show this list' },
      ],
    },
    {
      title: 'Asking',
      shortcuts: [
        { keys: 'Enter', does: 'Ask' },
        { keys: 'Shift+Enter', does: 'New line' },
        { keys: 'Esc', does: 'Stop the answer' },
        { keys: 'Up', does: 'Edit the last question (in the empty field)' },
      ],
    },
    {
      title: 'Templates',
      shortcuts: [
        { keys: 'Mod+S', does: 'Save a version' },
        { keys: 'Mod+Z', does: 'Undo an edit (with Shift: redo)' },
        { keys: 'Mod+Enter', does: 'Run what is tried' },
        { keys: 'Alt+Up', does: 'Move an example or a field up (Alt+Down: down)' },
        { keys: 'Mod+I', does: 'Open or close the exact prompt' },
      ],
    },
    {
      title: 'Reading an answer',
      shortcuts: [
        { keys: 'Left', does: 'Previous citation' },
        { keys: 'Right', does: 'Next citation' },
        { keys: 'Enter', does: 'Open the citation in its document' },
        { keys: 'Mod+F', does: 'Search inside the open document' },
        { keys: 'Mod+I', does: 'Open or close the inspector' },
      ],
    },
  ]
}

export interface ShortcutActions {
  readonly goTo: (place: PlaceName) => void
  readonly togglePalette: () => void
  readonly showShortcuts: () => void
  readonly newConversation: () => void
  readonly importFiles: () => void
  readonly toggleRail: () => void
  readonly toggleInspector: () => void
}

/** Listens for the shortcuts that work everywhere. */
export function useShortcuts(actions: ShortcutActions): void {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const action = event.defaultPrevented ? null : find(event, latest.current)
      if (action === null) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

function find(event: KeyboardEvent, actions: ShortcutActions): (() => void) | null {
  const mod = event.metaKey || event.ctrlKey
  if (event.key === '?' && !mod && !event.altKey) {
    return isTyping(event.target) ? null : actions.showShortcuts
  }
  if (event.shiftKey || (mod && event.altKey)) return null
  if (mod) {
    if (event.code === 'KeyK') return actions.togglePalette
    if (event.code === 'KeyB') return actions.toggleRail
    if (event.code === 'KeyI') return actions.toggleInspector
  }
  if (!mod && !event.altKey) return null
  // By `code`: with Alt many layouts produce another character.
  if (event.code === 'KeyN') return actions.newConversation
  if (event.code === 'KeyO') return actions.importFiles
  const place = places[['Digit1', 'Digit2', 'Digit3', 'Digit4', 'Digit5'].indexOf(event.code)]
  return place === undefined ? null : () => actions.goTo(place)
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  )
}
