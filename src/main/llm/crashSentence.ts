import type { HostExit } from '../processes/hostProcess.ts'

/** With these a system or a person asks a program to end. */
const asked = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']

/** What happened to the language model's process, in a sentence for the person who asked. */
export function crashSentence({ code, signal, hung }: HostExit): string {
  if (hung === true) {
    return 'The language model stopped responding and was ended. Ask again to start it anew; if that keeps happening, choose a smaller model.'
  }
  // So end the system's memory killer, and a Node that was told to.
  if (signal === 'SIGKILL' || code === 137) {
    return 'The language model was stopped by the system, most likely because memory ran out. Close other programs or choose a smaller model, then ask again.'
  }
  if (signal !== null && asked.includes(signal)) {
    return 'The language model was stopped from outside Penknife. Ask again to start it anew.'
  }
  // Weights are read where they lie in the file; this is what a part that is gone amounts to.
  if (signal === 'SIGBUS') {
    return 'The language model crashed (SIGBUS) because its file could not be read. Look whether its disk is still there and the file is whole, then ask again.'
  }
  const how = signal ?? (code === null ? null : `code ${String(code)}`)
  return `The language model crashed${how === null ? '' : ` (${how})`}. Ask again to start it anew; if that keeps happening, choose another model.`
}
