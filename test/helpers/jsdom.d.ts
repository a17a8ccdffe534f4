// The package has no types of its own; this is what tests use of it.
declare module 'jsdom' {
  export const JSDOM: {
    readonly fragment: (html: string) => DocumentFragment
    new (html?: string): { readonly window: Window & typeof globalThis }
  }
}
