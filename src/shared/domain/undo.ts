/** How long a removal can be undone, in milliseconds. */
export const undoMs = 10_000
