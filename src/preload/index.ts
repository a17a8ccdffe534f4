import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'

const channel = 'penknife:message'

// All that the page gets of Electron: a wire to the core, and the path of a dropped file. Which
// calls travel on the wire is the contract's business, so nothing here changes when one is added.
contextBridge.exposeInMainWorld('penknife', {
  send(message: unknown): void {
    ipcRenderer.send(channel, message)
  },
  onMessage(listener: (message: unknown) => void): () => void {
    // The event itself stays here: through its sender the page would reach all of Electron's IPC.
    const receive = (_event: IpcRendererEvent, message: unknown): void => listener(message)
    ipcRenderer.on(channel, receive)
    return () => {
      ipcRenderer.off(channel, receive)
    }
  },
  pathForFile: (file: File): string => webUtils.getPathForFile(file),
})
