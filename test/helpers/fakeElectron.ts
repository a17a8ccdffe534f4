import { EventEmitter } from 'node:events'

// Replaces the `electron` module: it records calls and does nothing.
//   vi.mock('electron', () => import('../../helpers/fakeElectron.ts'))

type Listener = (...args: never[]) => unknown

/** An event with `preventDefault`, as Electron passes it. */
export function fakeEvent(): { readonly prevented: boolean; preventDefault(): void } {
  let prevented = false
  return {
    get prevented() {
      return prevented
    },
    preventDefault() {
      prevented = true
    },
  }
}

export class FakeWebContents extends EventEmitter {
  readonly ipc = new EventEmitter()
  readonly mainFrame = { url: 'penknife://app/index.html' }
  readonly sent: unknown[] = []
  destroyed = false
  openHandler: (() => { action: string }) | undefined

  send(channel: string, message: unknown): void {
    this.sent.push([channel, message])
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler
  }
}

export class FakeSession extends EventEmitter {
  readonly handlers = new Map<string, Listener>()
  spellChecker = true
  readonly webRequest = {
    onBeforeRequest: (listener: Listener) => this.handlers.set('request', listener),
  }
  readonly protocol = {
    handle: (scheme: string, listener: Listener) => this.handlers.set(`${scheme}:`, listener),
  }
  setPermissionRequestHandler(listener: Listener): void {
    this.handlers.set('permission request', listener)
  }
  setPermissionCheckHandler(listener: Listener): void {
    this.handlers.set('permission check', listener)
  }
  setDevicePermissionHandler(listener: Listener): void {
    this.handlers.set('device', listener)
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    this.spellChecker = enabled
  }
  /** Calls what was registered under `name`. */
  call(name: string, ...args: readonly unknown[]): unknown {
    const handler = this.handlers.get(name)
    if (handler === undefined) throw new Error(`Nothing is registered for ${name}.`)
    return (handler as (...args: readonly unknown[]) => unknown)(...args)
  }
}

class FakeApp extends EventEmitter {
  readonly switches = new Map<string, string>()
  sandboxed = false
  exitCode: number | undefined
  readonly commandLine = {
    appendSwitch: (name: string, value = '') => this.switches.set(name, value),
    getSwitchValue: (name: string) => this.switches.get(name) ?? '',
  }
  enableSandbox(): void {
    this.sandboxed = true
  }
  exit(code: number): void {
    this.exitCode = code
  }
}

export class FakeUtilityProcess extends EventEmitter {
  readonly stdout = new EventEmitter()
  readonly stderr = new EventEmitter()
  readonly posted: unknown[] = []
  readonly file: string
  readonly options: {
    readonly env: NodeJS.ProcessEnv
    readonly execArgv: readonly string[]
    readonly serviceName: string
  }
  pid: number | undefined
  killed = 0
  constructor(file: string, options: FakeUtilityProcess['options']) {
    super()
    this.file = file
    this.options = options
  }
  postMessage(message: unknown): void {
    this.posted.push(message)
  }
  kill(): boolean {
    this.killed += 1
    return true
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly created: BrowserWindow[] = []
  readonly options: { readonly webPreferences: Readonly<Record<string, unknown>> }
  readonly webContents = new FakeWebContents()
  background = ''
  overlay: unknown
  shown = false
  constructor(options: BrowserWindow['options']) {
    super()
    this.options = options
    BrowserWindow.created.push(this)
  }
  show(): void {
    this.shown = true
  }
  setBackgroundColor(colour: string): void {
    this.background = colour
  }
  setTitleBarOverlay(overlay: unknown): void {
    this.overlay = overlay
  }
}

export const app = new FakeApp()

export const nativeTheme = Object.assign(new EventEmitter(), {
  themeSource: 'system',
  shouldUseDarkColors: false,
})

export const protocol = {
  schemes: [] as unknown[],
  registerSchemesAsPrivileged(schemes: readonly unknown[]): void {
    this.schemes.push(...schemes)
  },
}

export const utilityProcess = {
  started: [] as FakeUtilityProcess[],
  fork(file: string, _args: readonly string[], options: FakeUtilityProcess['options']) {
    const child = new FakeUtilityProcess(file, options)
    this.started.push(child)
    return child
  },
}

export const Menu = {
  templates: [] as unknown[],
  popups: 0,
  application: undefined as unknown,
  buildFromTemplate(template: unknown) {
    this.templates.push(template)
    return { template, popup: () => (this.popups += 1) }
  },
  setApplicationMenu(menu: unknown): void {
    this.application = menu
  },
}

/** The module as imported by the preload. */
export const exposed = new Map<string, unknown>()
export const contextBridge = {
  exposeInMainWorld: (name: string, api: unknown) => exposed.set(name, api),
}
export const ipcRenderer = Object.assign(new EventEmitter(), {
  sent: [] as unknown[],
  send(channel: string, message: unknown) {
    this.sent.push([channel, message])
  },
})
export const webUtils = { getPathForFile: (file: { name: string }) => `/dropped/${file.name}` }
