import './Kbd.css'

const isMac = typeof navigator !== 'undefined' && /mac/iu.test(navigator.userAgent)

const macSymbols: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↩',
}
const symbols: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Enter: '↩',
  Up: '↑',
  Down: '↓',
  Left: '←',
  Right: '→',
}

/** How keys such as `Mod+K` are written on this system; `Mod` is Cmd on a Mac, else Ctrl. */
export function describeKeys(keys: string): string {
  const names = keys.split('+')
  return isMac
    ? names.map((name) => macSymbols[name] ?? symbols[name] ?? name).join('')
    : names.map((name) => symbols[name] ?? name).join('+')
}

export function Kbd({ keys }: { readonly keys: string }) {
  return <kbd className="pk-kbd">{describeKeys(keys)}</kbd>
}
