import { BrowserWindow, nativeTheme, type BrowserWindowConstructorOptions } from 'electron'

export interface WindowColours {
  /** Shown until the page is painted, so that nothing flashes. */
  readonly background: string
  /** The strip of the system's window buttons where they overlay the page (Windows). */
  readonly overlay: {
    readonly color: string
    readonly symbolColor: string
    readonly height: number
  }
}

/** Height of the page's header, which the system's buttons overlay, in CSS pixels. */
const headerHeight = 48

/** The window's colours in the current theme. */
export function windowColours(): WindowColours {
  const [background, symbolColor] = nativeTheme.shouldUseDarkColors
    ? ['#161513', '#ece8e1']
    : ['#fbfaf8', '#1f1d1a']
  // One pixel less, so that the header's bottom border stays visible.
  return { background, overlay: { color: background, symbolColor, height: headerHeight - 1 } }
}

function titleBar(platform: NodeJS.Platform): BrowserWindowConstructorOptions {
  if (platform === 'darwin') {
    return { titleBarStyle: 'hiddenInset', trafficLightPosition: { x: 14, y: 16 } }
  }
  if (platform === 'win32') {
    return { titleBarStyle: 'hidden', titleBarOverlay: windowColours().overlay }
  }
  return {}
}

/** Creates an empty window, which is shown once its page is painted. */
export function createWindow(preload: string, platform: NodeJS.Platform): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Penknife',
    backgroundColor: windowColours().background,
    autoHideMenuBar: true,
    ...titleBar(platform),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  })
  window.once('ready-to-show', () => {
    window.show()
  })
  return window
}
