/** A line at every tenth. */
const steps = 10

/** What people read while the index of an earlier version is copied, and before the window opens. */
export const upgradeWords = {
  title: 'Updating the index of your documents for this version',
  once: 'This happens once and takes about a minute for 100,000 passages. The window opens when it is done.',
} as const

/** Prints lines that say how far the copy of an index has come. */
export function tellUpgrade(tell: (line: string) => void): (share: number) => void {
  let told = -1
  return (share) => {
    const step = Math.floor(share * steps)
    if (step <= told) return
    told = step
    tell(`${upgradeWords.title}: ${String(step * steps)} %`)
  }
}
