import { BrowserWindow, nativeTheme, type BrowserWindowConstructorOptions } from 'electron'

export interface WindowColours {
  /** Behind the page until it is drawn, so that nothing flashes. */
  readonly background: string
  /** The strip with the system's own buttons, where they lie on the page (Windows). */
  readonly overlay: {
    readonly color: string
    readonly symbolColor: string
    readonly height: number
  }
}

/** Height of the page's own header, which the system's buttons lie in. */
const headerHeight = 48

/** The page's background in the theme that holds now. */
export function windowColours(): WindowColours {
  const [background, symbolColor] = nativeTheme.shouldUseDarkColors
    ? ['#161513', '#ece8e1']
    : ['#fbfaf8', '#1f1d1a']
  // One pixel less leaves the header's line whole.
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

/** Creates the window, empty; it shows itself once its page is drawn. */
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
