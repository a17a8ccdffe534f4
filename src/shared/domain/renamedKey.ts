/**
 * For `z.preprocess`: reads an object that an earlier version wrote, in which the key `now` was
 * called `before`.
 */
export function renamedKey(before: string, now: string): (value: unknown) => unknown {
  return (value) => {
    if (typeof value !== 'object' || value === null || now in value || !(before in value)) {
      return value
    }
    const { [before]: kept, ...rest }: Readonly<Record<string, unknown>> = { ...value }
    return { ...rest, [now]: kept }
  }
}
